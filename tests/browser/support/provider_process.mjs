// An identity provider of a school as a process of its own: `node provider_process.mjs PORT REDIRECT_URI SECRET`. The
// sign-in page takes any name; the name is the subject.
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { borrow } from "./places.mjs";

const { default: Provider } = await import(pathToFileURL(borrow.resolve("oidc-provider")));
const [port, redirect_uri, client_secret] = process.argv.slice(2);

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{ client_id: "trede", client_secret, redirect_uris: [redirect_uri], grant_types: ["authorization_code"] }],
  jwks: { keys: [{ ...key, kid: "of-the-school", use: "sig", alg: "RS256" }] },
  cookies: { keys: ["for this run only"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/door/${uid}` },
  findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  // Nobody is asked whether the school may know the own number.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
});

const PAGE = `<!doctype html><html lang="en"><head><title>Lesplein</title><link rel="icon" href="data:,"></head><body>
<form method="post"><label>Name <input name="login" autofocus></label><button name="way" value="in">Sign in</button>
<button name="way" value="out">Cancel</button></form></body></html>`;

async function answer_at_the_door(request, response) {
  if (request.method !== "POST") {
    response.writeHead(200, { "Content-Type": "text/html" });
    return response.end(PAGE);
  }
  let body = "";
  request.setEncoding("utf8").on("data", (text) => (body += text));
  await once(request, "end");
  const given = new URLSearchParams(body);
  const result =
    given.get("way") === "in" ? { login: { accountId: given.get("login") } } : { error: "access_denied" };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

provider.use(async (context, next) => {
  if (!context.path.startsWith("/door/")) return next();
  context.respond = false;
  await answer_at_the_door(context.req, context.res);
});
provider.listen(Number(port), "127.0.0.1", () => console.log("open"));
