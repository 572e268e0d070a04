// An OpenID provider for tests: node oidc_server.mjs REDIRECT_URI. Prints "ports ISSUER CONTROL". Whoever comes is let in
// as the person that the control port was told last: POST /person {sub, email, email_verified, name, groups}. Its
// GET /browse?to=URL is a browser: it follows the provider's redirects with its cookies, and answers where the last one
// leads.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const redirectUri = process.argv[2];
let person = { sub: 'nobody' };

const listen = (handler) =>
    new Promise((resolve) => {
        const server = createServer(handler);
        server.listen(0, '127.0.0.1', () => resolve(server));
    });

let handle;
const server = await listen((request, response) => handle(request, response));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
    clients: [{ client_id: 'mainstay', client_secret: 'a secret of the client', redirect_uris: [redirectUri] }],
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...person, sub }) }),
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    cookies: { keys: ['a key of the tests'] },
    pkce: { required: () => true },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    loadExistingGrant: async (context) => {
        const grant = new context.oidc.provider.Grant({
            clientId: context.oidc.client.clientId,
            accountId: context.oidc.session.accountId,
        });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
    },
});
const answer = provider.callback();
handle = (request, response) =>
    request.url.startsWith('/interaction/')
        ? provider.interactionFinished(request, response, { login: { accountId: person.sub } })
        : answer(request, response);

const browse = async (to) => {
    const cookies = new Map();
    for (let hops = 0; hops < 10; ++hops) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const reply = await fetch(to, { redirect: 'manual', headers: cookie ? { cookie } : {} });
        for (const line of reply.headers.getSetCookie()) {
            const [name, value] = line.split(';')[0].split('=');
            cookies.set(name, value);
        }
        const location = reply.headers.get('location');
        if (!location) return `status ${reply.status}: ${await reply.text()}`;
        to = new URL(location, to).href;
        if (to.startsWith(redirectUri)) return to;
    }
    return 'too many redirects';
};

const control = await listen(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    if (url.pathname === '/browse') return response.end(await browse(url.searchParams.get('to')));
    let body = '';
    for await (const piece of request) body += piece;
    person = JSON.parse(body);
    response.end();
});
console.log(`ports ${server.address().port} ${control.address().port}`);
