// The real program on a folder of its own, with its sample data.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const start_ms = 60_000;
const stop_ms = 30_000;
const mail_ms = 60_000;
const pause_ms = 25;

async function free_port() {
    const probe = createServer();
    await new Promise((done) => probe.listen(0, "127.0.0.1", done));
    const { port } = probe.address();
    await new Promise((done) => probe.close(done));
    return port;
}

// Gives what `look` gives as soon as that is something.
export async function until(what, limit_ms, look) {
    const ends = Date.now() + limit_ms;
    for (;;) {
        const found = await look();
        if (found) return found;
        if (Date.now() > ends) throw new Error(`${what} did not come within ${limit_ms / 1000} s`);
        await new Promise((done) => setTimeout(done, pause_ms));
    }
}

export class Server {
    static async start(program) {
        const server = new Server();
        server.program = resolve(program);
        server.folder = await mkdtemp(join(tmpdir(), "mainstay-browser-"));
        server.port = await free_port();
        server.address = `http://127.0.0.1:${server.port}`;
        server.log = "";
        server.run();
        const link = await until("the set-up link", start_ms, () => /\/setup\?token=\S+/.exec(server.log));
        server.set_up_path = link[0];
        return server;
    }

    run() {
        const data = join(this.folder, "data");
        this.process = spawn(this.program, ["serve", "--data", data, "--port", String(this.port), "--sample-data"], {
            env: { ...process.env, ASAN_OPTIONS: "quarantine_size_mb=4:detect_leaks=0" },
        });
        for (const stream of [this.process.stdout, this.process.stderr])
            stream.on("data", (bytes) => (this.log += bytes));
        this.ended = new Promise((done) => this.process.once("exit", done));
    }

    async answers() {
        await until("an answer", start_ms, () =>
            fetch(`${this.address}/health`).then(
                (reply) => reply.ok,
                () => false,
            ),
        );
    }

    async kill() {
        this.process.kill("SIGKILL");
        await this.ended;
    }

    async stop() {
        this.process.kill("SIGTERM");
        const timer = setTimeout(() => this.process.kill("SIGKILL"), stop_ms);
        await this.ended;
        clearTimeout(timer);
        await rm(this.folder, { recursive: true, force: true });
    }

    async ask(method, path, body, headers = {}) {
        const reply = await fetch(this.address + path, {
            method,
            headers: { "Content-Type": "application/json", ...headers },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        const text = await reply.text();
        if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
        return text ? JSON.parse(text) : null;
    }

    // The link in the newest mail to somebody whose link leads to `place`.
    async mailed_link(to, place) {
        const folder = join(this.folder, "data", "mail");
        return until(`a mail to ${to}`, mail_ms, async () => {
            const names = await readdir(folder).catch(() => []);
            for (const name of names
                .filter((one) => one.endsWith(".json"))
                .sort()
                .reverse()) {
                const mail = JSON.parse(await readFile(join(folder, name), "utf8"));
                const link = new RegExp(`${place}#token=[\\w-]+`).exec(mail.text);
                if (mail.to === to && link) return link[0];
            }
            return null;
        });
    }
}
