/** A port of 127.0.0.1 that nothing listens on. */
import { createServer } from 'node:net';

export async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((listening, failed) => {
		probe.once('error', failed);
		probe.listen(0, '127.0.0.1', listening);
	});
	const address = probe.address();
	await new Promise((closed) => probe.close(closed));
	if (address === null || typeof address === 'string') throw new Error('no port');
	return address.port;
}
