#!/usr/bin/env node
// Mints a Starling room token: a JWT signed with HS256. Nothing but Node's own modules.
//   node token.mjs --room garden --user ada [--role moderator] [--ttl 3600] [--secret S]
import { createHmac } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * @param {string} secret the server's `auth.secret`
 * @param {{user: string, room: string, role?: string, ttlSeconds?: number}} grant `room` is a name or a pattern (`team-*`, `*`)
 */
export function mintToken(secret, { user, room, role = 'member', ttlSeconds = 3600 }) {
  const exp = Math.floor(Date.now() / 1000) + ttlSeconds;
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: user, room, role, exp })}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = { type: 'string' };
  const { values } = parseArgs({ options: { room: text, user: text, role: text, ttl: text, secret: text } });
  const secret = values.secret ?? process.env.STARLING_AUTH_SECRET;
  if (!secret || !values.room || !values.user) {
    console.error('usage: node token.mjs --room R --user U [--role member|moderator] [--ttl SECONDS] [--secret S]\n'
      + 'The secret may also be in the environment, as STARLING_AUTH_SECRET.');
    process.exit(2);
  }
  const { room, user, role, ttl } = values;
  console.log(mintToken(secret, { room, user, role, ttlSeconds: ttl === undefined ? undefined : Number(ttl) }));
}
