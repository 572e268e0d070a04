// An SMTP server for tests: node smtp_server.mjs '{"secure": false, "key": PATH, "certificate": PATH, ...}'
// Prints "port N", then one JSON object a line for each mail that it took. What it refuses is in the addresses.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2] ?? '{}');

function refusal(address) {
    const code = { refused: 550, grey: 451, full: 452 }[address.split('@')[0]];
    return code ? Object.assign(new Error(`${address} is not taken`), { responseCode: code }) : null;
}

const server = new SMTPServer({
    secure: options.secure ?? false,
    hideSTARTTLS: options.hideSTARTTLS ?? false,
    key: options.key && readFileSync(options.key),
    cert: options.certificate && readFileSync(options.certificate),
    authMethods: options.authMethods ?? ['PLAIN', 'LOGIN'],
    authOptional: options.authOptional ?? false,
    size: options.size,
    disableReverseLookup: true,
    onAuth(auth, session, answer) {
        const known = auth.username === 'mailer' && auth.password === 'ri"ght ü';
        answer(known ? null : new Error('these credentials are wrong'), known ? { user: auth.method } : undefined);
    },
    onMailFrom: (address, session, answer) => answer(refusal(address.address)),
    onRcptTo: (address, session, answer) => answer(refusal(address.address)),
    onData(stream, session, answer) {
        const pieces = [];
        stream.on('data', (piece) => pieces.push(piece));
        stream.on('end', () => {
            if (options.vanish) return process.exit(0);
            if (options.verdict) return answer(Object.assign(new Error('no'), { responseCode: options.verdict }));
            console.log(JSON.stringify({
                from: session.envelope.mailFrom.address,
                to: session.envelope.rcptTo.map((one) => one.address),
                secure: session.secure,
                method: session.user ?? '',
                hello: session.hostNameAppearsAs,
                message: Buffer.concat(pieces).toString('base64url'),
            }));
            answer();
        });
    },
});
server.on('error', (error) => console.error(error.message));
server.listen(0, '127.0.0.1', () => console.log(`port ${server.server.address().port}`));
