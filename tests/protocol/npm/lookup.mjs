// Lets every host name under saring.test mean 127.0.0.1, for the clients that put the key in the host name.
// Loaded before the program: node --import ./lookup.mjs program.mjs CLIENT
import dns from "node:dns";

const lookup = dns.lookup;

dns.lookup = (host, ...rest) => lookup(host.endsWith("saring.test") ? "127.0.0.1" : host, ...rest);
