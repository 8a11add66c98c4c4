#!/usr/bin/env python3
"""Sends an HTTP message as a sample shows it to the server of BASE_URL, and prints the answer."""
import os
import socket
import sys
from urllib.parse import urlsplit

head, _, body = open(sys.argv[1], "rb").read().partition(b"\n\n")
url = urlsplit(os.environ["BASE_URL"])
lines = head.rstrip(b"\n").split(b"\n")
method, target, version = lines[0].split(b" ")
if url.path:
    # The sample has the path of the document's server; this one stands elsewhere.
    target = url.path.encode() + target
headers = [line for line in lines[1:] if not line.lower().startswith(b"host:")]
headers += [b"Host: " + url.netloc.encode(), b"Connection: close"]
with socket.create_connection((url.hostname, url.port)) as connection:
    connection.sendall(b"\r\n".join([b" ".join([method, target, version]), *headers, b"", body]))
    answer = b""
    while chunk := connection.recv(65536):
        answer += chunk
status = int(answer.split(b" ", 2)[1])
sys.stdout.buffer.write(answer)
sys.exit(1 if status >= 400 else 0)
