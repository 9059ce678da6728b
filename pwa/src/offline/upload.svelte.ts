import type { Waiting } from './db';

/** Smaller requests are gone before anybody could look. */
const WORTH_SHOWING = 150_000;

let now = $state.raw<{ item: string; sent?: number; total: number }>();

/** What is leaving at the moment, in bytes; how much of it has left where the browser can tell. */
export const upload = {
  get current() {
    return now;
  },
};

/** As fetch would do it, except that only a request of this old kind tells how much has left. */
function tellingRequest(item: string, address: string, init: RequestInit, body: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new TypeError('the network failed'));
    request.open(init.method ?? 'POST', address);
    new Headers(init.headers).forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => (now = { item, sent: loaded, total });
    request.onerror = request.onabort = request.ontimeout = fail;
    request.onload = () => {
      // It follows redirects, and our server never gives one.
      if (request.responseURL !== new URL(address, location.href).href) return fail();
      const type = request.getResponseHeader('content-type') ?? '';
      const empty = request.status === 204 || request.status === 205;
      resolve(new Response(empty ? null : request.responseText, { status: request.status, headers: { 'content-type': type } }));
    };
    request.send(body);
  });
}

/**
 * How the page sends what waits. An anonymous deed goes by fetch even when it is big: only fetch can leave the
 * cookies behind, and that matters more than a number.
 */
export async function carry({ id: item }: Waiting, address: string, init: RequestInit): Promise<Response> {
  const { body } = init;
  if (typeof body !== 'string' || body.length < WORTH_SHOWING) return fetch(address, init);
  now = { item, total: body.length };
  try {
    return await (init.credentials === 'omit' ? fetch(address, init) : tellingRequest(item, address, init, body));
  } finally {
    now = undefined;
  }
}
