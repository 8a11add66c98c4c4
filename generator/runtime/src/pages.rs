//! The pages of a listing, one after the other, and the items on them.

use std::convert::Infallible;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::call::send;
use super::client::Client;
use super::draft::Draft;
use super::error::Error;
use super::operation::{Operation, OperationSpec, Reply};
use super::page_request::{ask_for, asked_for};
use super::paging::{Paging, Position, advance};
use super::request::{Request, decoded};
use super::response::Response;
use super::transport::TransportError;

/// An operation that hands out what it has in pages.
pub trait Paged: Operation {
    /// What is on the pages.
    type Item;
    /// How one page leads to the next.
    const PAGING: &'static Paging;
    /// What is on a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

/// A page, or why there is none.
pub type Page<O> = Result<
    Response<<O as Operation>::Output, <O as Operation>::Headers>,
    Error<<O as Operation>::Error>,
>;

/// An item, or why there is none.
pub type Item<O> = Result<<O as Paged>::Item, Error<<O as Operation>::Error>>;

impl<O: Paged> Request<'_, O> {
    /// All pages, from the one that this request asks for. Each is a call of its own, made when it is asked for.
    ///
    /// ```text
    /// let mut pages = client.list_things().pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{:?}", page?);
    /// }
    /// ```
    pub fn pages(self) -> Pages<O> {
        Pages {
            pager: Pager::new(self.client.clone(), self.draft, O::SPEC, O::PAGING),
            operation: PhantomData,
        }
    }

    /// The items on all pages, from the page that this request asks for. Pages are fetched when their items are asked
    /// for.
    ///
    /// ```text
    /// let mut items = client.list_things().items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// ```
    pub fn items(self) -> Items<O> {
        Items {
            pages: self.pages(),
            page: Vec::new().into_iter(),
            position: Position::default(),
        }
    }
}

/// The pages of a listing, a [`Stream`]. It ends after the last page, and after an error, from which
/// [`Pages::position`] can go on. Dropping it makes no further call.
#[must_use = "no page is fetched until it is asked for"]
pub struct Pages<O> {
    pager: Pager,
    operation: PhantomData<fn() -> O>,
}

impl<O: Paged> Pages<O> {
    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Page<O>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    /// Where the next page is, or the one that could not be fetched; `None` after the last one.
    pub fn position(&self) -> Option<Position> {
        let page = self.pager.next.clone();
        (!self.pager.is_last).then_some(Position { page, taken: 0 })
    }

    /// The pages from a position on, of the same operation with the same parameters.
    pub fn resume_at(mut self, position: Position) -> Self {
        self.pager.go_to(position.page);
        self
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Page<O>>> {
        let Some(reply) = ready!(self.pager.poll_reply(context)) else {
            return Poll::Ready(None);
        };
        let page = match reply {
            Ok(reply) => {
                let next = self.pager.after(&reply);
                decoded::<O>(reply).inspect(|_| self.pager.go_on(next))
            }
            Err(error) => Err(error.widen()),
        };
        Poll::Ready(Some(page.inspect_err(|_| self.pager.is_over = true)))
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Page<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl<O> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Pages");
        shown.field("operation", &self.pager.spec.id);
        shown.finish_non_exhaustive()
    }
}

/// The items of a listing, a [`Stream`]. It ends after the last item, and after an error, from which
/// [`Items::position`] can go on. Dropping it makes no further call.
#[must_use = "no page is fetched until an item is asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: vec::IntoIter<O::Item>,
    /// The page whose items are handed out, or the first one, and how many of it have been.
    position: Position,
}

/// Nothing is pinned in it.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Items<O> {
    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Item<O>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Where the next item is: on which page, and after how many items of it. `None` after the last item.
    pub fn position(&self) -> Option<Position> {
        if self.page.len() > 0 {
            return Some(self.position.clone());
        }
        match self.pages.position() {
            // The page that comes is the one whose first items are to be left out.
            Some(next) if next.page == self.position.page => Some(self.position.clone()),
            next => next,
        }
    }

    /// The items from a position on, of the same operation with the same parameters. The page is fetched again, so an
    /// API that counts items shows what has been added or removed before it since.
    pub fn resume_at(mut self, position: Position) -> Self {
        self.pages = self.pages.resume_at(position.clone());
        self.page = Vec::new().into_iter();
        self.position = position;
        self
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Item<O>>> {
        loop {
            if let Some(item) = self.page.next() {
                self.position.taken += 1;
                return Poll::Ready(Some(Ok(item)));
            }
            let coming = self.pages.pager.next.clone();
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    self.page = O::items(page.into_inner()).into_iter();
                    if coming != self.position.page {
                        self.position = Position {
                            page: coming,
                            taken: 0,
                        };
                    }
                    for _ in 0..self.position.taken {
                        self.page.next();
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paged> Stream for Items<O> {
    type Item = Item<O>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Items");
        shown.field("operation", &O::SPEC.id);
        shown.finish_non_exhaustive()
    }
}

/// A page on its way.
type Coming = Pin<Box<dyn Future<Output = Result<Reply, Error<Infallible>>> + Send>>;

/// The work of fetching pages, the same for every operation.
struct Pager {
    client: Client,
    draft: Draft,
    spec: &'static OperationSpec,
    paging: &'static Paging,
    /// What asks for the next page; `None` for the one that the request itself asks for.
    next: Option<String>,
    coming: Option<Coming>,
    /// Whether there is no page left to fetch.
    is_last: bool,
    /// Whether nothing more is fetched, since something went wrong.
    is_over: bool,
    /// Whether the server leads from a page to itself.
    is_circle: bool,
}

impl Pager {
    fn new(
        client: Client,
        draft: Draft,
        spec: &'static OperationSpec,
        paging: &'static Paging,
    ) -> Self {
        Pager {
            client,
            draft,
            spec,
            paging,
            next: None,
            coming: None,
            is_last: false,
            is_over: false,
            is_circle: false,
        }
    }

    fn go_to(&mut self, page: Option<String>) {
        self.next = page;
        self.coming = None;
        (self.is_last, self.is_over, self.is_circle) = (false, false, false);
    }

    fn poll_reply(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Reply, Error<Infallible>>>> {
        if self.is_last || self.is_over {
            return Poll::Ready(None);
        }
        if self.is_circle {
            let message = "the server leads from a page to the same page again";
            return Poll::Ready(Some(Err(Error::Transport(TransportError::new(message)))));
        }
        let coming = self.coming.get_or_insert_with(|| {
            let draft = ask_for(&self.draft, self.paging, self.next.as_deref());
            Box::pin(send(self.client.clone(), draft, self.spec))
        });
        let reply = ready!(coming.as_mut().poll(context));
        self.coming = None;
        Poll::Ready(Some(reply))
    }

    /// What asks for the page after this one.
    fn after(&self, reply: &Reply) -> Option<String> {
        let asked = match &self.next {
            Some(next) => Some(next.clone()),
            None => asked_for(&self.draft, self.paging),
        };
        advance(self.paging, asked.as_deref(), &reply.headers, &reply.body)
    }

    fn go_on(&mut self, next: Option<String>) {
        self.is_last = next.is_none();
        self.is_circle = next.is_some() && next == self.next;
        self.next = next;
    }
}
