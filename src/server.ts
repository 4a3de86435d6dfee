/** The Node entry: migrates, seeds the demo where it is wanted, serves Kit's handler and the WebSocket upgrade on one port, and ends in order. */
import { createServer, type RequestListener } from 'node:http';
import { MAX_BODY_BYTES } from './lib/server/body-limit.ts';
import { roomsOf } from './lib/server/collab/rooms.ts';
import { ConfigError, readConfig } from './lib/server/config.ts';
import { seedDemo } from './lib/server/demo/seed.ts';
import { greeting } from './lib/server/greeting.ts';
import { logError } from './lib/server/log.ts';
import { startPost } from './lib/server/mail/post.ts';
import { answerOneClick } from './lib/server/mail/unsubscribe.ts';
import { startKeepingVersions } from './lib/server/notebooks/automatic-versions.ts';
import { theApp } from './lib/server/platform.ts';
import { startUpkeep } from './lib/server/upkeep.ts';
import { workerPolicyOf } from './lib/server/worker-policy.ts';

/** How long an answer under way may still take once the end is asked for, in milliseconds. */
const LAST_ANSWERS = 5_000;

// One request's mishap is not everyone's: it is written down. Writes are whole transactions, none is left half made.
process.on('unhandledRejection', (cause) => logError('Unhandled rejection:', cause));

const config = settings();
// Kit reads the address that people type from here, and refuses forms sent from anywhere else.
process.env.CARNET_KIT_ORIGIN = config.origin;
// The widest of all; src/lib/server/body-limit.ts holds each address to its own.
process.env.CARNET_KIT_BODY_SIZE_LIMIT = String(MAX_BODY_BYTES);

const app = opened();
const rooms = roomsOf(app);
if (config.demo) await seedDemo(app);
const upkeep = startUpkeep(app);
const post = startPost(app);
const versions = startKeepingVersions(app);

const built = new URL('../build/handler.js', import.meta.url).href;
const { handler } = (await import(built)) as { handler: RequestListener };
const server = createServer((request, response) => {
	// Kit hands built files over without hearing of it.
	const policy = workerPolicyOf(request.url ?? '');
	if (policy) response.setHeader('content-security-policy', policy);
	if (answerOneClick(app, request, response)) return;
	handler(request, response);
});
server.on('upgrade', (request, socket, head) => {
	if (!rooms.upgrade(request, socket, head)) socket.destroy();
});

server.once('error', (error: NodeJS.ErrnoException) => {
	stop(refusalToListen(error));
});
server.listen(config.port, config.host, () => {
	console.log(`\n${greeting(app)}\n`);
});

let ending = false;
// After this nothing is sure any more: what was received is written, then a supervisor starts it afresh.
process.on('uncaughtException', (error) => {
	logError('Uncaught exception:', error);
	if (ending) return;
	ending = true;
	setTimeout(() => process.exit(1), LAST_ANSWERS).unref();
	void end().finally(() => process.exit(1));
});
for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.on(signal, () => {
		// Asked twice, it does not wait any longer.
		if (ending) process.exit(1);
		ending = true;
		end().then(
			() => process.exit(0),
			(error: unknown) => {
				logError('The end was not orderly:', error);
				process.exit(1);
			}
		);
	});

/** Takes no more, lets what is under way finish, writes everything, closes the store. */
async function end(): Promise<void> {
	const closed = new Promise<void>((done) => server.close(() => done()));
	server.closeIdleConnections();
	await rooms.close();
	await upkeep.stop();
	await post.stop();
	await versions.stop();
	setTimeout(() => server.closeAllConnections(), LAST_ANSWERS).unref();
	await closed;
	app.db.$client.close();
}

function settings() {
	try {
		return readConfig(process.env, process.argv.slice(2), process.cwd());
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		return stop(error.message);
	}
}

function opened() {
	try {
		return theApp();
	} catch (error) {
		logError('', error);
		return stop(
			`Le dossier des données (CARNET_DATA) ne peut pas être ouvert : ${config.data}\nThe data folder (CARNET_DATA) cannot be opened: ${config.data}`
		);
	}
}

function refusalToListen({ code, message }: NodeJS.ErrnoException): string {
	const { host, port } = config;
	switch (code) {
		case 'EADDRINUSE':
			return `Le port ${port} est déjà pris. Arrêtez ce qui l’occupe, ou choisissez-en un autre : PORT=3001 npm start\nPort ${port} is already taken. Stop what holds it, or choose another: PORT=3001 npm start`;
		case 'EACCES':
			return `Le port ${port} est réservé au système. Choisissez-en un au-dessus de 1023 : PORT=3000 npm start\nPort ${port} is reserved by the system. Choose one above 1023: PORT=3000 npm start`;
		case 'EADDRNOTAVAIL':
		case 'ENOTFOUND':
			return `HOST=${host} n’est pas une adresse de cette machine.\nHOST=${host} is not an address of this machine.`;
		default:
			return message;
	}
}

function stop(message: string): never {
	console.error(message);
	process.exit(1);
}
