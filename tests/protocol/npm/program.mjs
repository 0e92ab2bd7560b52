// One of the npm clients as a program: node --import ./lookup.mjs program.mjs CLIENT
// Reads a step per line (call, base, key, blog, comment in the wire's form), writes an answer per line: what the
// client gave, or the name and text of what it threw.
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const DOMAIN = "saring.test";

// npm akismet-api: key in the host name, the port belongs to the option `host`.
async function akismetApi() {
    const { default: { AkismetClient } } = await import("akismet-api");
    return ({ call, base, key, blog, comment }) => {
        const client = new AkismetClient({ key, blog, host: `${DOMAIN}:${new URL(base).port}`, protocol: "http" });
        const text = (reply) => reply.text;
        return {
            verify: () => client.verifyKey(),
            check: async () => ((await client.checkSpam(comment)) ? "spam" : "ham"),
            spam: () => client.submitSpam(comment).then(text),
            ham: () => client.submitHam(comment).then(text),
        }[call]();
    };
}

// npm akismet: key in the host name, callbacks; takes all but `true` for ham.
async function akismet() {
    const { default: { client: makeClient } } = await import("akismet");
    return ({ call, base, key, blog, comment }) => {
        const client = makeClient({ apiKey: key, blog, host: DOMAIN, port: Number(new URL(base).port) });
        const later = (name) => promisify(client[name].bind(client));
        return {
            verify: () => later("verifyKey")(),
            check: async () => ((await later("checkComment")({ ...comment })) ? "spam" : "ham"),
            spam: () => later("submitSpam")({ ...comment }),
            ham: () => later("submitHam")({ ...comment }),
        }[call]();
    };
}

// npm @cedx/akismet: key in the body; takes all but `false` for spam, but throws where a debug or alert header is.
async function cedxAkismet() {
    const { Blog, CheckResult, Client, Comment } = await import("@cedx/akismet");
    const names = { [CheckResult.ham]: "ham", [CheckResult.spam]: "spam", [CheckResult.pervasiveSpam]: "discard" };
    return ({ call, base, key, blog, comment }) => {
        const client = new Client(key, new Blog({ url: blog, charset: "UTF-8", languages: ["id", "en"] }), { baseUrl: base });
        const message = comment && Comment.fromJson({ ...comment, comment_context: ["kebun", "tomat"] });
        return {
            verify: () => client.verifyKey(),
            check: async () => names[await client.checkComment(message)],
            spam: () => client.submitSpam(message),
            ham: () => client.submitHam(message),
        }[call]();
    };
}

const act = await { "akismet-api": akismetApi, "akismet": akismet, "@cedx/akismet": cedxAkismet }[process.argv[2]]();

for await (const line of createInterface({ input: process.stdin })) {
    let said;
    try {
        said = { answer: (await act(JSON.parse(line))) ?? null };
    } catch (error) {
        said = { raised: error.name, text: error.message };
    }
    process.stdout.write(`${JSON.stringify(said)}\n`);
}
