/**
 * The sandbox frame's page and its policy: the one place where people's code may be evaluated, in a worker that can
 * reach nothing. The page is the same for everyone and holds no secret. It brings the worker's script along as text,
 * so that the worker starts while the page around it is still loading.
 */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, type BrotliOptions, type ZlibOptions } from 'node:zlib';
import { bootScript, workerScript } from 'virtual:sandbox';
import { SANDBOX_PATH, frameHeaders } from './policy.ts';

export { SANDBOX_PATH };

if (/<\/script|<!--/i.test(bootScript))
	throw new Error('sandbox: the boot script closes its element');

const brotli = promisify(brotliCompress) as (
	bytes: Uint8Array,
	options: BrotliOptions
) => Promise<Uint8Array<ArrayBuffer>>;
const gzipped = promisify(gzip) as (
	bytes: Uint8Array,
	options: ZlibOptions
) => Promise<Uint8Array<ArrayBuffer>>;

const hash = createHash('sha256').update(bootScript).digest('base64');
// A data block: no browser runs it. Without « < » nothing in it can close its element.
const text = JSON.stringify(workerScript).replaceAll('<', '\\u003c');
const page = `<!doctype html><html lang="zxx"><head><meta charset="utf-8"><title>·</title></head><body><script type="application/json" id="worker">${text}</script><script>${bootScript}</script></body></html>`;
const etag = `"${createHash('sha256').update(page).digest('base64url')}"`;

type Encoding = 'br' | 'gzip' | 'identity';
const bytes = new Uint8Array(Buffer.from(page));
const bodies = new Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>([
	['identity', Promise.resolve(bytes)]
]);

/** Compressed once, beside the server's own thread. */
function bodyIn(encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
	let body = bodies.get(encoding);
	if (!body) {
		body =
			encoding === 'br'
				? brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
				: gzipped(bytes, { level: 9 });
		bodies.set(encoding, body);
	}
	return body;
}

export async function framePage(request: Request): Promise<Response> {
	const headers = { ...frameHeaders(hash), etag, vary: 'accept-encoding' };
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers });
	const accepted = request.headers.get('accept-encoding') ?? '';
	const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
	return new Response(await bodyIn(encoding), {
		headers: encoding === 'identity' ? headers : { ...headers, 'content-encoding': encoding }
	});
}
