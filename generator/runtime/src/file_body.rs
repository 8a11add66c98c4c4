//! Bodies that are files, read piece by piece while they are sent.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use super::body::Body;
use super::transport::TransportError;

/// How much of a file is read at once.
const PIECE: usize = 64 * 1024;

impl Body {
    /// A file, which is read piece by piece while it is sent, with its name. It is opened each time that it is sent, so that
    /// the call can be made again.
    ///
    /// # Errors
    ///
    /// If there is no such file.
    pub fn from_path(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let about = fs::metadata(&path)?;
        if !about.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let (length, name) = (about.len(), file_name(&path));
        let body = Body::from_source(Some(length), move || {
            Body::wrap(FileBody {
                left: length,
                state: State::Closed(path.clone()),
            })
        });
        Ok(match name {
            Some(name) => body.with_file_name(name),
            None => body,
        })
    }
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

/// A file as a stream of as many bytes as it had when it was named, since that is what the server was told.
struct FileBody {
    left: u64,
    state: State,
}

enum State {
    Closed(PathBuf),
    Open(File),
    Reading(JoinHandle<io::Result<(File, Vec<u8>)>>),
    Failed,
}

impl FileBody {
    /// Begins to read the next piece: on a thread for what blocks, if there are any.
    fn begin(&mut self) -> State {
        let state = std::mem::replace(&mut self.state, State::Failed);
        let size = PIECE.min(usize::try_from(self.left).unwrap_or(PIECE));
        let read = move || {
            let mut file = match state {
                State::Open(file) => file,
                State::Closed(path) => File::open(path)?,
                State::Reading(_) | State::Failed => return Err(io::Error::other("it failed")),
            };
            let mut piece = vec![0; size];
            let count = file.read(&mut piece)?;
            piece.truncate(count);
            Ok((file, piece))
        };
        match Handle::try_current() {
            Ok(runtime) => State::Reading(runtime.spawn_blocking(read)),
            Err(_) => State::Failed,
        }
    }

    fn take(&mut self, piece: Vec<u8>) -> Result<Frame<Bytes>, TransportError> {
        let count = piece.len() as u64;
        self.left = self.left.saturating_sub(count);
        match count {
            0 => Err(TransportError::new("the file has become shorter")),
            _ => Ok(Frame::data(Bytes::from(piece))),
        }
    }
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        if !matches!(self.state, State::Reading(_)) {
            self.state = self.begin();
        }
        let State::Reading(reading) = &mut self.state else {
            let error = TransportError::new("a file can be read on a runtime of tokio only");
            return Poll::Ready(Some(Err(error)));
        };
        let read = ready!(Pin::new(reading).poll(context)).unwrap_or_else(|gone| Err(gone.into()));
        let (file, piece) = match read {
            Ok(read) => read,
            Err(error) => {
                self.state = State::Failed;
                let message = format!("the file of the body cannot be read: {}", error.kind());
                return Poll::Ready(Some(Err(TransportError::new(message))));
            }
        };
        self.state = State::Open(file);
        Poll::Ready(Some(self.take(piece)))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
