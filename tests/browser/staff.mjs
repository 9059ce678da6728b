// Members of the council at their programs: they sign in like everybody and use the API.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Gives an institution a seat in a council and signs its holder in. */
export async function seatMember(town, administrator, institution, role, slug = "elbasan") {
  const email = `${institution}.${role}@example.al`;
  await administrator.post(`/municipalities/${slug}/seats`, {
    email,
    institution,
    role,
    title: `${institution} ${role}`,
  });
  return signIn(town, email);
}

/** Names an administrator on the command line and signs them in. */
export async function nameAdministrator(town, slug = "elbasan") {
  await town.run("admin", "create", slug, "admin@example.al");
  return signIn(town, "admin@example.al");
}

/** Signs in by the code from the letter. */
export async function signIn(town, email) {
  const visitor = client(town);
  const { ticket } = await visitor.post("/sign-in/codes", { email });
  const code = await town.code(email);
  const body = { email, ticket, code, transport: "bearer" };
  const session = await visitor.post("/sign-in/sessions", body);
  return client(town, session.access_token);
}

/** A concern that somebody sent under a display name and the secretary published; its id. */
export async function publishConcern(town, secretary, title = "Rruga e kishës pa drita", text = "Prej dy javësh rruga është pa drita.") {
  const author = await signIn(town, `author${Math.random()}@example.al`);
  const { id } = await author.post("/municipalities/elbasan/concerns", {
    topic: "lighting",
    unit: "gjinar",
    title,
    text,
    identity: "display",
    display_name: "Mira",
  });
  await secretary.post(`/concerns/${id}/moves`, { to: "published", reason: "E qartë." });
  return id;
}

function client(town, token) {
  const call = async (method, path, body) => {
    const answer = await fetch(`${town.address}/api/v1${path}`, {
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    get: (path) => call("GET", path),
    post: (path, body) => call("POST", path, body),
    put: (path, body) => call("PUT", path, body),
    /** What the server makes of a request, kept as a file; its path. */
    file: async (path) => {
      const answer = await fetch(`${town.address}/api/v1${path}`, { method: "POST", headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`);
      const kept = join(town.folder, path.replaceAll("/", "-"));
      writeFileSync(kept, Buffer.from(await answer.arrayBuffer()));
      return kept;
    },
  };
}
