// A body that tells how far it has gone: what fetch() cannot say, XMLHttpRequest does. For the generated client, which
// takes another fetch for one call.
export type Progress = (sent: number, of: number) => void;

const headersOf = (text: string): [string, string][] =>
  text.split('\r\n').filter(Boolean).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);

// `body`: what the request sends. Given up when the request's signal says so.
export function sendingAll(body: Blob, progress: Progress): (request: Request) => Promise<Response> {
  return (request) =>
    new Promise((done, fail) => {
      const call = new XMLHttpRequest();
      const givenUp = () => fail(new DOMException('given up', 'AbortError'));
      call.open(request.method, request.url);
      request.headers.forEach((value, name) => call.setRequestHeader(name, value));
      call.responseType = 'blob';
      call.upload.onprogress = (event) => progress(event.loaded, event.total || body.size);
      call.onload = () => done(new Response(call.response as Blob, { status: call.status, headers: headersOf(call.getAllResponseHeaders()) }));
      call.onerror = () => fail(new TypeError('Failed to fetch'));
      call.onabort = givenUp;
      if (request.signal.aborted) return givenUp();
      request.signal.addEventListener('abort', () => call.abort());
      call.send(body);
    });
}
