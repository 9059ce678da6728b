// A push service for Firefox: the WebSocket protocol of `dom.push.serverURL` on one side, RFC 8030
// with a strict look at VAPID (RFC 8292) on the other.
import { createPublicKey, randomUUID, verify } from "node:crypto";
import { createServer } from "node:http";

import { WebSocketServer } from "ws";

import { noon } from "../noon.mjs";

const LONGEST_TOKEN = 12 * 3600 + 5;

/** Starts the service and returns its addresses, what was pushed and what was wrong. */
export async function startPushService() {
  const channels = new Map();
  const service = { faults: [], pushed: [], acknowledged: [], gone: 0 };
  const server = createServer((request, response) => void take(request, response));
  const sockets = new WebSocketServer({ server });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const host = `127.0.0.1:${server.address().port}`;
  const origin = `http://${host}`;

  sockets.on("connection", (socket) => {
    const say = (message) => socket.send(JSON.stringify(message));
    socket.on("message", (bytes) => {
      const message = JSON.parse(String(bytes));
      const { messageType, channelID } = message;
      if (messageType === undefined) say({});
      if (messageType === "hello") {
        const uaid = message.uaid || randomUUID().replaceAll("-", "");
        say({ messageType, uaid, status: 200, use_webpush: true, broadcasts: {} });
      }
      if (messageType === "register") {
        channels.set(channelID, { say, key: message.key });
        say({ messageType, channelID, status: 200, pushEndpoint: `${origin}/push/${channelID}` });
      }
      if (messageType === "unregister") {
        channels.delete(channelID);
        say({ messageType, channelID, status: 200 });
      }
      if (messageType === "ack") service.acknowledged.push(...message.updates);
    });
  });

  async function take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const channelID = request.url.split("/").at(-1);
    const channel = channels.get(channelID);
    if (!channel) {
      service.gone += 1;
      return response.writeHead(410).end();
    }
    const fault = faultIn(request, channel.key, origin);
    if (fault) {
      service.faults.push(fault);
      return response.writeHead(403).end();
    }
    const body = Buffer.concat(parts);
    service.pushed.push(body);
    channel.say({
      messageType: "notification",
      channelID,
      version: randomUUID(),
      data: body.toString("base64url"),
      headers: { encoding: "aes128gcm" },
    });
    response.writeHead(201, { location: `${origin}/message/${randomUUID()}` }).end();
  }

  return Object.assign(service, {
    address: `ws://${host}/`,
    channels,
    stop: () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
    },
  });
}

function faultIn({ method, headers }, registered, origin) {
  if (method !== "POST") return "method";
  if (headers["content-encoding"] !== "aes128gcm") return "encoding";
  if (!/^[1-9]\d*$/.test(headers.ttl ?? "")) return "ttl";
  if (!/^(very-low|low|normal|high)$/.test(headers.urgency ?? "")) return "urgency";
  if (!/^[\w-]{0,32}$/.test(headers.topic ?? "")) return "topic";
  const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(headers.authorization ?? "") ?? [];
  if (!token) return "scheme";
  if (key !== registered.replaceAll("=", "").replaceAll("+", "-").replaceAll("/", "_")) return "key";
  return faultInToken(token, Buffer.from(key, "base64url"), origin);
}

function faultInToken(token, point, origin) {
  const [head, claims, signature] = token.split(".");
  const read = (part) => JSON.parse(Buffer.from(part, "base64url").toString());
  if (read(head).alg !== "ES256") return "alg";
  const part = (from, to) => point.subarray(from, to).toString("base64url");
  const jwk = { kty: "EC", crv: "P-256", x: part(1, 33), y: part(33, 65) };
  const key = { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" };
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify("sha256", signed, key, Buffer.from(signature, "base64url"))) return "signature";
  const { aud, exp, sub } = read(claims);
  const left = exp - (Date.now() / 1000 + noon);
  if (aud !== origin) return `aud ${aud}`;
  if (!(left > 0 && left <= LONGEST_TOKEN)) return `exp ${exp}`;
  if (!/^(mailto:.+@.+|https:\/\/.+)$/.test(sub)) return `sub ${sub}`;
  return undefined;
}
