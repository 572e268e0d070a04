"""Requests that two programs could read in two ways (request smuggling). Each is refused, the connection is closed, and
what follows on it is not carried out: behind every one stands a whole request that would make a key."""

from bad_input_cases.connections import read_answers

HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LENGTH = b"Content-Length: 5\r\n"
BAD = (400, "bad_request")
FIVE, CHUNKS = b"hello", b"5\r\nhello\r\n0\r\n\r\n"


def head(*lines, line=b"POST /api/v1/keys HTTP/1.1"):
    return line + b"\r\n" + b"".join(lines) + b"\r\n"


# what, bytes, (status, code)
HEADS = [
    ("Transfer-Encoding: identity", head(HOST, b"Transfer-Encoding: identity\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding: xchunked", head(HOST, b"Transfer-Encoding: xchunked\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding: gzip, chunked", head(HOST, b"Transfer-Encoding: gzip, chunked\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding: chunked, chunked", head(HOST, b"Transfer-Encoding: chunked, chunked\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding: chunked;q=1", head(HOST, b"Transfer-Encoding: chunked;q=1\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding: \"chunked\"", head(HOST, b"Transfer-Encoding: \"chunked\"\r\n") + CHUNKS, BAD),
    ("Transfer-Encoding with a vertical tab", head(HOST, b"Transfer-Encoding: \x0bchunked\r\n") + CHUNKS, BAD),
    ("an empty Transfer-Encoding", head(HOST, b"Transfer-Encoding:\r\n") + CHUNKS, BAD),
    ("two Transfer-Encodings", head(HOST, CHUNKED, CHUNKED) + CHUNKS, BAD),
    ("Transfer-Encoding before Content-Length", head(HOST, CHUNKED, LENGTH) + CHUNKS, BAD),
    ("Content-Length before Transfer-Encoding", head(HOST, LENGTH, CHUNKED) + CHUNKS, BAD),
    ("Transfer-Encoding in HTTP/1.0", head(HOST, CHUNKED, line=b"POST /api/v1/keys HTTP/1.0") + CHUNKS, BAD),
    ("two differing Content-Lengths", head(HOST, LENGTH, b"Content-Length: 6\r\n") + FIVE, BAD),
    ("two equal Content-Lengths", head(HOST, LENGTH, LENGTH) + FIVE, BAD),
    ("a listed Content-Length", head(HOST, b"Content-Length: 5, 5\r\n") + FIVE, BAD),
    ("Content-Length: +5", head(HOST, b"Content-Length: +5\r\n") + FIVE, BAD),
    ("Content-Length: -5", head(HOST, b"Content-Length: -5\r\n") + FIVE, BAD),
    ("Content-Length: 0x5", head(HOST, b"Content-Length: 0x5\r\n") + FIVE, BAD),
    ("Content-Length: 5 5", head(HOST, b"Content-Length: 5 5\r\n") + FIVE, BAD),
    ("an empty Content-Length", head(HOST, b"Content-Length:\r\n") + FIVE, BAD),
    ("a Content-Length beyond 64 bits", head(HOST, b"Content-Length: 18446744073709551621\r\n") + FIVE, BAD),
    ("no Host", head(LENGTH) + FIVE, BAD),
    ("two Hosts", head(HOST, b"Host: evil.example\r\n", LENGTH) + FIVE, BAD),
    ("two equal Hosts", head(HOST, HOST, LENGTH) + FIVE, BAD),
    ("an empty Host", head(b"Host:\r\n", LENGTH) + FIVE, BAD),
    ("a listed Host", head(b"Host: 127.0.0.1, evil.example\r\n", LENGTH) + FIVE, BAD),
    ("a Host with a path", head(b"Host: 127.0.0.1/evil\r\n", LENGTH) + FIVE, BAD),
    ("a Host with a user", head(b"Host: evil@127.0.0.1\r\n", LENGTH) + FIVE, BAD),
    ("a folded header", head(HOST, b"X-Folded: one\r\n two\r\n", LENGTH) + FIVE, BAD),
    ("a folded Transfer-Encoding", head(HOST, b"Transfer-Encoding:\r\n chunked\r\n") + CHUNKS, BAD),
    ("a header folded by a tab", head(HOST, b"X-Folded: one\r\n\ttwo\r\n", LENGTH) + FIVE, BAD),
    ("a space before the first header", head(b" " + HOST, LENGTH) + FIVE, BAD),
    ("a space before the colon of Content-Length", head(HOST, b"Content-Length : 5\r\n") + FIVE, BAD),
    ("a space before the colon of Transfer-Encoding", head(HOST, b"Transfer-Encoding : chunked\r\n") + CHUNKS, BAD),
    ("a tab before the colon", head(HOST, b"Content-Length\t: 5\r\n") + FIVE, BAD),
    ("a header without colon", head(HOST, b"Content-Length 5\r\n") + FIVE, BAD),
    ("a header without name", head(HOST, b": 5\r\n", LENGTH) + FIVE, BAD),
    ("a NUL in a value", head(HOST, b"X-Odd: a\0b\r\n", LENGTH) + FIVE, BAD),
    ("a carriage return in a value", head(HOST, b"X-Odd: a\rb\r\n", LENGTH) + FIVE, BAD),
    ("lines that end with LF alone", head(HOST, LENGTH).replace(b"\r\n", b"\n") + FIVE, BAD),
    ("one line that ends with LF alone", head(HOST, b"X-Odd: a\nTransfer-Encoding: chunked\r\n", LENGTH) + FIVE, BAD),
    ("two spaces in the request line", head(HOST, LENGTH, line=b"POST  /api/v1/keys HTTP/1.1") + FIVE, BAD),
    ("a tab in the request line", head(HOST, LENGTH, line=b"POST\t/api/v1/keys HTTP/1.1") + FIVE, BAD),
    ("a space behind the version", head(HOST, LENGTH, line=b"POST /api/v1/keys HTTP/1.1 ") + FIVE, BAD),
    ("a version in lower case", head(HOST, LENGTH, line=b"POST /api/v1/keys http/1.1") + FIVE, BAD),
    ("a whole address as target", head(HOST, LENGTH, line=b"POST http://evil.example/ HTTP/1.1") + FIVE, BAD),
    ("HTTP/0.9", b"GET /health\r\n\r\n", BAD),
    ("HTTP/2.0", head(HOST, LENGTH, line=b"POST /api/v1/keys HTTP/2.0") + FIVE, (505, "http_version")),
    ("an unknown method", head(HOST, LENGTH, line=b"BREW /api/v1/keys HTTP/1.1") + FIVE,
     (501, "method_not_implemented")),
    ("an expectation that nobody knows", head(HOST, LENGTH, b"Expect: tea\r\n") + FIVE, (417, "expectation_failed")),
    ("a target of 9,000 bytes", head(HOST, LENGTH, line=b"GET /" + b"a" * 9000 + b" HTTP/1.1"), (414, "uri_too_long")),
    ("a head of 20,000 bytes", head(HOST, b"X-Long: " + b"a" * 20_000 + b"\r\n"), (431, "headers_too_large")),
    ("100,000 headers", head(HOST, b"X-Many: 1\r\n" * 100_000), (431, "headers_too_large")),
    ("101 short headers", head(HOST, b"A: 1\r\n" * 100), (431, "headers_too_large")),
]

# These come behind a head that is in order, with a key that may.
CHUNKED_BODIES = [
    ("a chunk size in hex notation", b"0x5\r\nhello\r\n0\r\n\r\n"),
    ("a chunk size with a sign", b"+5\r\nhello\r\n0\r\n\r\n"),
    ("a negative chunk size", b"-1\r\nhello\r\n0\r\n\r\n"),
    ("a chunk size beyond 64 bits", b"10000000000000005\r\nhello\r\n0\r\n\r\n"),
    ("an empty chunk size", b"\r\nhello\r\n0\r\n\r\n"),
    ("a chunk size with a space before it", b" 5\r\nhello\r\n0\r\n\r\n"),
    ("a chunk size line that ends with LF alone", b"5\nhello\r\n0\r\n\r\n"),
    ("a chunk that ends with LF alone", b"5\r\nhello\n0\r\n\r\n"),
    ("a chunk longer than it says", b"5\r\nhello world\r\n0\r\n\r\n"),
    ("a chunk extension with LF alone", b"5;a\nb\r\nhello\r\n0\r\n\r\n"),
    ("a last chunk without its end", b"5\r\nhello\r\n0\r\nX"),
    ("a trailer that is folded", b"0\r\nX-A: 1\r\n 2\r\n\r\n"),
]


def run(bench):
    for number, (what, sent, expected) in enumerate(HEADS):
        refused(bench, what, sent, f"smuggled-head-{number}", expected)
    start = head(HOST, CHUNKED, b"Content-Type: application/json\r\n", authorization(bench))
    for number, (what, sent) in enumerate(CHUNKED_BODIES):
        refused(bench, what, start + sent, f"smuggled-chunk-{number}", BAD)
    smuggled = [name for name in bench.names_of_keys(bench.key) if name.startswith("smuggled")]
    bench.verdicts.hold("requests behind a refused one",
                        f"{len(smuggled)} of {len(HEADS) + len(CHUNKED_BODIES)} carried out",
                        not smuggled, f"these were: {smuggled}")


def refused(bench, what, sent, name, expected):
    with bench.server.connect() as connection:
        try:
            connection.sendall(sent + second_request(bench, name))
        except OSError:
            pass  # refused before it was taken; the answer is there
        answers, has_ended = read_answers(connection)
    if len(answers) != 1 or not has_ended:
        bench.verdicts.say(what, [answer.status for answer in answers],
                           [f"{len(answers)} answers, and the connection is {'closed' if has_ended else 'still open'}"])
        return
    bench.refused(what, answers[0], *expected)


def second_request(bench, name):
    body = b'{"name": "%s", "scopes": ["read"]}' % name.encode()
    return head(HOST, b"Content-Type: application/json\r\n", authorization(bench),
                b"Content-Length: %d\r\n" % len(body)) + body


def authorization(bench):
    return f"Authorization: Bearer {bench.key}\r\n".encode()
