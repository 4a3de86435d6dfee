import { describe, expect, test } from 'vitest';
import { ConfigError, QUOTAS, readConfig } from './config.ts';

const read = (env: Record<string, string> = {}, args: string[] = []) =>
	readConfig(env, args, '/srv/carnet');

test('without a setting: this machine alone, port 3000, ./data, with the demo', () => {
	expect(read()).toEqual({
		port: 3000,
		host: '127.0.0.1',
		origin: 'http://127.0.0.1:3000',
		data: '/srv/carnet/data',
		loopback: true,
		demo: true,
		withdrawnDays: 30,
		accessDays: 730,
		deletedDays: 30,
		quotas: QUOTAS,
		mail: null
	});
});

test.each([
	['127.0.0.1', [], true],
	['localhost', [], true],
	['::1', [], true],
	['127.1.2.3', [], true],
	['127.0.0.1', ['--no-demo'], false],
	['0.0.0.0', [], false],
	['192.168.1.4', [], false],
	['0.0.0.0', ['--demo'], true],
	['0.0.0.0', ['--demo', '--no-demo'], false]
])('HOST %s with %j: demo %s', (HOST, args, demo) => {
	expect(read({ HOST }, args).demo).toBe(demo);
});

test.each([
	[{ HOST: '::1' }, 'http://[::1]:3000'],
	[{ HOST: '0.0.0.0', PORT: '8080' }, 'http://127.0.0.1:8080'],
	[{ ORIGIN: 'https://carnet.exemple.org/' }, 'https://carnet.exemple.org']
])('%j is reached at %s', (env, origin) => {
	expect(read(env as Record<string, string>).origin).toBe(origin);
});

test('days to keep things for', () => {
	expect(read({ CARNET_WITHDRAWN_DAYS: '1', CARNET_ACCESS_DAYS: '3650' })).toMatchObject({
		withdrawnDays: 1,
		accessDays: 3650
	});
});

test('what one person’s notebooks may be together', () => {
	expect(read({}).quotas).toEqual(QUOTAS);
	expect(
		read({
			...{ CARNET_GUEST_NOTEBOOKS: '3', CARNET_GUEST_MEGABYTES: '4' },
			...{ CARNET_ACCOUNT_NOTEBOOKS: '5', CARNET_ACCOUNT_MEGABYTES: '1000000' }
		}).quotas
	).toEqual({
		guest: { notebooks: 3, bytes: 4e6 },
		account: { notebooks: 5, bytes: 1e12 }
	});
	expect(read({ CARNET_DELETED_DAYS: '7' }).deletedDays).toBe(7);
});

describe('refuses, in both languages,', () => {
	test.each([
		[{ PORT: '0' }, /entre 1 et 65535[^]*from 1 to 65535/],
		[{ PORT: '70000' }, /70000/],
		[{ PORT: '3000x' }, /3000x/],
		[{ HOST: 'a b' }, /adresse IP[^]*IP address/],
		[{ ORIGIN: 'carnet' }, /ORIGIN doit[^]*ORIGIN must/],
		[{ ORIGIN: 'https://a.org/x' }, /sans chemin[^]*without a path/],
		[{ ORIGIN: 'ftp://a.org' }, /ORIGIN/],
		...['0', '3651', 'x', '1.5', '-3'].flatMap((days): [Record<string, string>, RegExp][] => [
			[{ CARNET_WITHDRAWN_DAYS: days }, /CARNET_WITHDRAWN_DAYS doit[^]*CARNET_WITHDRAWN_DAYS must/],
			[{ CARNET_ACCESS_DAYS: days }, /CARNET_ACCESS_DAYS doit[^]*CARNET_ACCESS_DAYS must/],
			[{ CARNET_DELETED_DAYS: days }, /CARNET_DELETED_DAYS doit[^]*CARNET_DELETED_DAYS must/]
		]),
		...['0', '-1', '1.5', 'beaucoup', '1000001'].flatMap(
			(count): [Record<string, string>, RegExp][] => [
				[{ CARNET_GUEST_NOTEBOOKS: count }, /GUEST_NOTEBOOKS doit[^]*GUEST_NOTEBOOKS must/],
				[{ CARNET_ACCOUNT_MEGABYTES: count }, /ACCOUNT_MEGABYTES doit[^]*ACCOUNT_MEGABYTES must/]
			]
		),
		[{ CARNET_DATA: '.' }, /dossier à part[^]*folder of its own/]
	])('%j', (env, message) => {
		expect(() => read(env as Record<string, string>)).toThrow(ConfigError);
		expect(() => read(env as Record<string, string>)).toThrow(message);
	});
	test('an option it does not know', () => {
		expect(() => read({}, ['--dmeo'])).toThrow(/Option inconnue[^]*Unknown option/);
	});
});

describe('e-mail', () => {
	const SMTP = 'smtps://carnet:mot%20de%20passe@courriel.exemple.org:465';
	const FROM = 'carnet@exemple.org';
	const mail = (env: Record<string, string>) =>
		read({ CARNET_SMTP_URL: SMTP, CARNET_MAIL_FROM: FROM, ...env }).mail;

	test('leaves by the server that is set, from seven o’clock unless said otherwise', () => {
		expect(mail({})).toEqual({ url: SMTP, from: FROM, hour: 7 });
		expect(mail({ CARNET_MAIL_HOUR: '0' })?.hour).toBe(0);
		expect(mail({ CARNET_MAIL_HOUR: '23' })?.hour).toBe(23);
		expect(mail({ CARNET_SMTP_URL: '', CARNET_MAIL_FROM: '' })).toBeNull();
	});

	test.each([
		['CARNET_SMTP_URL', ''],
		['CARNET_SMTP_URL', 'courriel.exemple.org'],
		['CARNET_SMTP_URL', 'https://courriel.exemple.org'],
		['CARNET_SMTP_URL', 'smtp://'],
		['CARNET_MAIL_FROM', ''],
		['CARNET_MAIL_FROM', 'Carnet <carnet@exemple.org>'],
		['CARNET_MAIL_FROM', 'a@b, c@d'],
		['CARNET_MAIL_FROM', 'a@b\r\nBcc: c@d'],
		['CARNET_MAIL_HOUR', '24'],
		['CARNET_MAIL_HOUR', '7.5'],
		['CARNET_MAIL_HOUR', '-1']
	])('%s cannot be « %s »', (name, value) => {
		const refused = (): unknown => mail({ [name]: value });
		expect(refused).toThrow(ConfigError);
		expect(refused).toThrow(name);
	});

	test('is refused without a password being written anywhere', () => {
		expect(() => mail({ CARNET_SMTP_URL: 'https://x:secret@exemple.org' })).toThrow(
			expect.objectContaining({ message: expect.not.stringContaining('secret') }) as Error
		);
	});
});
