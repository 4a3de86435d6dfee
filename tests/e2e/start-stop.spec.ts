/** `npm start` as an operator lives it: what it prints, what it refuses, how it ends. No browser. */
import { spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../support/port.ts';
import { startServer } from '../support/server.ts';

const answers = (port: number): Promise<boolean> =>
	new Promise((done) => {
		const socket = connect(port, '127.0.0.1');
		socket.once('connect', () => done(true)).once('error', () => done(false));
		socket.once('connect', () => socket.destroy());
	});

/** Process ids whose environment names this data folder: the server's, and those of whatever started it. */
const holders = (data: string): number[] =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.filter((pid) => {
			try {
				return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`CARNET_DATA=${data}\0`);
			} catch {
				return false;
			}
		})
		.map(Number);

/** Runs the server's last step with settings that it refuses; answers its exit code and what it said. */
function refused(env: Record<string, string>, args: string[] = []) {
	const data = mkdtempSync(join(tmpdir(), 'carnet-'));
	const { status, stderr } = spawnSync(process.execPath, ['src/server.ts', ...args], {
		env: { ...process.env, CARNET_DATA: data, ...env },
		encoding: 'utf8',
		timeout: 30_000
	});
	rmSync(data, { recursive: true, force: true });
	return { status, stderr };
}

test('SIGTERM to npm alone stops everything, with exit code 0', async () => {
	const server = await startServer({ throughNpm: true, args: ['--no-demo'] });
	expect(await answers(server.port)).toBe(true);
	expect(holders(server.data).length).toBeGreaterThan(0);
	expect(await server.stop('SIGTERM')).toBe(0);
	expect(await answers(server.port)).toBe(false);
	expect(holders(server.data)).toEqual([]);
});

test('Ctrl+C stops it too', async () => {
	const server = await startServer({ args: ['--no-demo'] });
	expect(await server.stop('SIGINT')).toBe(0);
	expect(await answers(server.port)).toBe(false);
});

test('an open connection does not keep it from ending', async () => {
	const server = await startServer({ args: ['--no-demo'] });
	const socket = connect(server.port, '127.0.0.1');
	await new Promise((done) => socket.once('connect', done));
	const closed = new Promise((done) => socket.once('close', done));
	socket.on('error', () => undefined);
	expect(await server.stop()).toBe(0);
	await closed;
});

test('/healthz says that it is ready', async () => {
	const server = await startServer({ args: ['--no-demo'] });
	const response = await fetch(`${server.origin}/healthz`);
	expect(response.status).toBe(200);
	expect(await response.json()).toEqual({
		status: 'ok',
		version: expect.stringMatching(/^\d+\.\d+\.\d+/),
		database: 'ok'
	});
	await server.stop();
});

test('a port that is taken is said in both languages', async () => {
	const server = await startServer({ args: ['--no-demo'] });
	const { status, stderr } = refused({ PORT: String(server.port) }, ['--no-demo']);
	expect(status).toBe(1);
	expect(stderr).toContain(`Le port ${server.port} est déjà pris`);
	expect(stderr).toContain(`Port ${server.port} is already taken`);
	await server.stop();
});

for (const [what, env, args, says] of [
	['PORT', { PORT: 'trois' }, [], 'PORT must be a number'],
	['HOST', { HOST: 'not a host' }, [], 'HOST must be'],
	['ORIGIN', { ORIGIN: 'carnet.example' }, [], 'ORIGIN must be'],
	['CARNET_DATA', { CARNET_DATA: '.' }, [], 'CARNET_DATA cannot be'],
	['a data folder that is a file', { CARNET_DATA: 'package.json' }, [], 'cannot be opened'],
	['an option', {}, ['--demonstration'], 'Unknown option']
] as [string, Record<string, string>, string[], string][])
	test(`refuses a bad ${what} before it listens`, async () => {
		const { status, stderr } = refused({ PORT: String(await freePort()), ...env }, args);
		expect(status).toBe(1);
		expect(stderr).toContain(says);
	});

test('an empty installation prints the way into the demo, and a restart keeps everything', async () => {
	const data = mkdtempSync(join(tmpdir(), 'carnet-'));
	const first = await startServer({ data });
	expect(first.signInLink).toContain(`${first.origin}/lien/`);
	expect(first.joinCode).toMatch(/^[0-9A-Z]{3}(-[0-9A-Z]{3}){2}$/);
	expect(await first.stop()).toBe(0);
	const again = await startServer({ data });
	expect(again.joinCode).toBe(first.joinCode);
	expect(again.signInLink).not.toBe(first.signInLink);
	expect(await again.stop()).toBe(0);
	rmSync(data, { recursive: true, force: true });
});

test('with --no-demo, nothing is seeded, and the first administrator gets a link', async () => {
	const server = await startServer({ args: ['--no-demo'] });
	expect(server.signInLink).toContain('/premier-acces/');
	expect(server.joinCode).toBeNull();
	await server.stop();
});

test('on an address that others reach, nothing is seeded and no one is let in by the log', async () => {
	const server = await startServer({ env: { HOST: '0.0.0.0' } });
	expect(server.joinCode).toBeNull();
	expect(server.printed()).not.toContain('/lien/');
	await server.stop();
});
