// A browser's push service and the browser's keys in one: takes what the server sends, and decrypts it.
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";

/** Starts listening; `read` grows with every message. */
export async function startPushSink() {
  const own = createECDH("prime256v1");
  own.generateKeys();
  const auth = randomBytes(16);
  const read = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    read.push(decrypt(Buffer.concat(parts), own, auth));
    response.writeHead(201).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    endpoint: `http://127.0.0.1:${server.address().port}/push`,
    keys: { p256dh: own.getPublicKey("base64url"), auth: auth.toString("base64url") },
    read,
    stop: () => server.close(),
  };
}

/** RFC 8291 over RFC 8188, one record: salt, record size, the sender's key, what is sealed. */
function decrypt(message, own, auth) {
  const salt = message.subarray(0, 16);
  const begin = 21 + message[20];
  const sender = message.subarray(21, begin);
  const sealed = message.subarray(begin, -16);
  const derive = (secret, salted, info, length) => Buffer.from(hkdfSync("sha256", secret, salted, info, length));
  const both = Buffer.concat([Buffer.from("WebPush: info\0"), own.getPublicKey(), sender]);
  const secret = derive(own.computeSecret(sender), auth, both, 32);
  const key = derive(secret, salt, "Content-Encoding: aes128gcm\0", 16);
  const nonce = derive(secret, salt, "Content-Encoding: nonce\0", 12);
  const opened = createDecipheriv("aes-128-gcm", key, nonce);
  opened.setAuthTag(message.subarray(-16));
  const padded = Buffer.concat([opened.update(sealed), opened.final()]);
  // The text ends at the delimiter 2; zeros follow.
  return padded.subarray(0, padded.lastIndexOf(2)).toString();
}
