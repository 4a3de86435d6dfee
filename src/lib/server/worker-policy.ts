/**
 * The Content-Security-Policy of the workers' scripts: a worker has that of its own script, not that of its page. What
 * reads people's files reaches this server alone, and compiles nothing but WebAssembly of ours (Parquet).
 */
export const WORKER_POLICY =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

const WORKERS = /^\/_app\/immutable\/workers\//;

/** @param url as a request has it: the path, however it is written, and a query; null for what is no worker's script */
export function workerPolicyOf(url: string): string | null {
	const path = url.split(/[?#]/, 1)[0] ?? '';
	try {
		return WORKERS.test(decodeURIComponent(path)) ? WORKER_POLICY : null;
	} catch {
		return null;
	}
}
