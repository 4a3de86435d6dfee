/**
 * The sandbox frame's page and its policy: the one place where people's code may be evaluated, in a worker that can
 * reach nothing. The page is the same for everyone and holds no secret.
 */
import { createHash } from 'node:crypto';
import { bootScript } from 'virtual:sandbox-boot';
import { SANDBOX_PATH, frameHeaders } from './policy.ts';

export { SANDBOX_PATH };

const hash = createHash('sha256').update(bootScript).digest('base64');

const page = `<!doctype html><html lang="zxx"><head><meta charset="utf-8"><title>·</title></head><body><script>${bootScript}</script></body></html>`;

if (/<\/script|<!--/i.test(bootScript))
	throw new Error('sandbox: the boot script closes its element');

export function framePage(): Response {
	return new Response(page, { headers: frameHeaders(hash) });
}
