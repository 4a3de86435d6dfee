/** For tests only: a mail server on this machine that keeps what it is handed, or refuses it. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface Received {
	readonly from: string;
	readonly to: readonly string[];
	/** As it came over the wire. */
	readonly raw: string;
}

export interface MailServer {
	readonly url: string;
	readonly received: readonly Received[];
	/** What is answered from now on, to whom; null: all are taken. */
	refuse(code: number | null, to?: string): void;
	/** Called when an e-mail was handed over, before it is answered. */
	whenHanded(work: () => void): void;
	close(): Promise<void>;
}

export async function mailServer(): Promise<MailServer> {
	const received: Received[] = [];
	let refusal: { code: number; to: string | undefined } | null = null;
	let handed = (): void => {};
	const refused = (to: string): Error | null =>
		refusal && (refusal.to === undefined || refusal.to === to)
			? Object.assign(new Error('refused'), { responseCode: refusal.code })
			: null;
	const server = new SMTPServer({
		disabledCommands: ['AUTH', 'STARTTLS'],
		logger: false,
		onRcptTo: ({ address }, _session, done) => done(refused(address)),
		onData(stream, { envelope }, done) {
			void text(stream).then((raw) => {
				const to = envelope.rcptTo.map(({ address }) => address);
				const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
				received.push({ from, to, raw });
				handed();
				done();
			});
		}
	});
	server.on('error', () => {});
	const listening = await new Promise<AddressInfo>((resolve) => {
		const { server: net } = server;
		server.listen(0, '127.0.0.1', () => resolve(net.address() as AddressInfo));
	});
	return {
		url: `smtp://127.0.0.1:${listening.port}`,
		received,
		refuse: (code, to) => (refusal = code === null ? null : { code, to }),
		whenHanded: (work) => (handed = work),
		close: () => new Promise((done) => server.close(() => done()))
	};
}
