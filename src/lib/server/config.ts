/** The settings of an installation, read from the environment once and checked before anything starts. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';

export interface Config {
	readonly port: number;
	readonly host: string;
	/** Scheme, host and port that people type; no path. */
	readonly origin: string;
	/** Folder of the database and the dataset bytes; absolute. */
	readonly data: string;
	readonly loopback: boolean;
	/** Whether an empty installation is given the demo content. */
	readonly demo: boolean;
	/** Days from the withdrawal of a dataset to the removal of its bytes. */
	readonly withdrawnDays: number;
	/** Days that it stays known who read a dataset. */
	readonly accessDays: number;
	/** Days in which a deleted notebook can be brought back; then what it held goes. */
	readonly deletedDays: number;
	/** What one person's notebooks may be together. */
	readonly quotas: Quotas;
	/** How e-mails leave; null: none do. */
	readonly mail: MailSettings | null;
}

export interface MailSettings {
	/** `smtp://` or `smtps://`, with the name and password where the server asks for them. */
	readonly url: string;
	/** Address that they come from. */
	readonly from: string;
	/** From which hour of the day in Québec the daily one is sent, 0 to 23. */
	readonly hour: number;
}

export interface Quota {
	/** How many, the deleted ones left out. */
	readonly notebooks: number;
	/** What they and the states that were frozen for the person take in the store. */
	readonly bytes: number;
}
export interface Quotas {
	readonly guest: Quota;
	readonly account: Quota;
}

/** Unless a setting says otherwise: a month, two years, a month. */
export const WITHDRAWN_DAYS = 30;
export const ACCESS_DAYS = 730;
export const DELETED_DAYS = 30;
/** A guest is somebody at a workshop; whoever prepares workshops makes starters in two languages, year after year. */
export const QUOTAS: Quotas = {
	guest: { notebooks: 50, bytes: 100e6 },
	account: { notebooks: 1000, bytes: 2000e6 }
};

/** A setting that cannot be used: said in both languages, with what to do. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

export function readConfig(
	env: Readonly<Record<string, string | undefined>>,
	args: readonly string[],
	cwd: string
): Config {
	const portText = env.PORT?.trim() || '3000';
	const port = Number(portText);
	if (!/^\d+$/.test(portText) || port < 1 || port > 65535)
		throw new ConfigError(
			`PORT doit être un nombre entre 1 et 65535 (reçu : « ${portText} »).\nPORT must be a number from 1 to 65535 (got "${portText}").`
		);

	const host = env.HOST?.trim() || '127.0.0.1';
	if (isIP(host) === 0 && !/^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(host))
		throw new ConfigError(
			`HOST doit être une adresse IP ou un nom d’hôte (reçu : « ${host} »).\nHOST must be an IP address or a host name (got "${host}").`
		);
	const loopback = isLoopback(host);

	// « Every address » is not one that people type: this machine's own stands for it until ORIGIN is given.
	const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
	const originText =
		env.ORIGIN?.trim() || `http://${isIP(named) === 6 ? `[${named}]` : named}:${port}`;
	let origin: URL;
	try {
		origin = new URL(originText);
	} catch {
		throw badOrigin(originText);
	}
	if (!/^https?:$/.test(origin.protocol) || origin.pathname !== '/' || origin.search || origin.hash)
		throw badOrigin(originText);

	for (const argument of args)
		if (argument !== '--demo' && argument !== '--no-demo')
			throw new ConfigError(
				`Option inconnue : ${argument}. Options : --demo, --no-demo.\nUnknown option: ${argument}. Options: --demo, --no-demo.`
			);

	const data = resolve(cwd, env.CARNET_DATA?.trim() || 'data');
	if (data === resolve(cwd))
		throw new ConfigError(
			'CARNET_DATA ne peut pas être le dossier du produit lui-même : donnez-lui un dossier à part.\nCARNET_DATA cannot be the product’s own folder: give it a folder of its own.'
		);

	return {
		port,
		host,
		origin: origin.origin,
		data,
		loopback,
		demo: !args.includes('--no-demo') && (loopback || args.includes('--demo')),
		withdrawnDays: daysIn(env, 'CARNET_WITHDRAWN_DAYS', WITHDRAWN_DAYS),
		accessDays: daysIn(env, 'CARNET_ACCESS_DAYS', ACCESS_DAYS),
		deletedDays: daysIn(env, 'CARNET_DELETED_DAYS', DELETED_DAYS),
		quotas: { guest: quotaIn(env, 'guest'), account: quotaIn(env, 'account') },
		mail: mailIn(env)
	};
}

function mailIn(env: Readonly<Record<string, string | undefined>>): MailSettings | null {
	const url = env.CARNET_SMTP_URL?.trim() ?? '';
	const from = env.CARNET_MAIL_FROM?.trim() ?? '';
	const hourText = env.CARNET_MAIL_HOUR?.trim() || '7';
	if (url === '' && from === '') return null;
	// What was given is not said back: it may hold a password.
	if (
		!URL.canParse(url) ||
		!/^smtps?:$/.test(new URL(url).protocol) ||
		new URL(url).hostname === ''
	)
		throw new ConfigError(
			'CARNET_SMTP_URL doit être l’adresse d’un serveur de courriel, comme smtps://nom:motdepasse@courriel.exemple.org:465.\nCARNET_SMTP_URL must be the address of a mail server, such as smtps://name:password@mail.example.org:465.'
		);
	if (!/^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+$/.test(from))
		throw new ConfigError(
			`CARNET_MAIL_FROM doit être l’adresse d’où partent les courriels, comme carnet@exemple.org (reçu : « ${from} »).\nCARNET_MAIL_FROM must be the address that e-mails come from, such as notebook@example.org (got "${from}").`
		);
	if (!/^\d{1,2}$/.test(hourText) || Number(hourText) > 23)
		throw new ConfigError(
			`CARNET_MAIL_HOUR doit être une heure de 0 à 23 (reçu : « ${hourText} »).\nCARNET_MAIL_HOUR must be an hour from 0 to 23 (got "${hourText}").`
		);
	return { url, from, hour: Number(hourText) };
}

function daysIn(
	env: Readonly<Record<string, string | undefined>>,
	name: string,
	otherwise: number
): number {
	const text = env[name]?.trim() || String(otherwise);
	const days = Number(text);
	if (!/^\d{1,4}$/.test(text) || days < 1 || days > 3650)
		throw new ConfigError(
			`${name} doit être un nombre de jours entre 1 et 3650 (reçu : « ${text} »).\n${name} must be a number of days from 1 to 3650 (got "${text}").`
		);
	return days;
}

function quotaIn(env: Readonly<Record<string, string | undefined>>, kind: keyof Quotas): Quota {
	const { notebooks, bytes } = QUOTAS[kind];
	const name = `CARNET_${kind.toUpperCase()}`;
	return {
		notebooks: countIn(env, `${name}_NOTEBOOKS`, notebooks),
		bytes: countIn(env, `${name}_MEGABYTES`, bytes / 1e6) * 1e6
	};
}

function countIn(
	env: Readonly<Record<string, string | undefined>>,
	name: string,
	otherwise: number
): number {
	const text = env[name]?.trim() || String(otherwise);
	const count = Number(text);
	if (!/^\d{1,7}$/.test(text) || count < 1 || count > 1_000_000)
		throw new ConfigError(
			`${name} doit être un nombre entre 1 et 1000000 (reçu : « ${text} »).\n${name} must be a number from 1 to 1000000 (got "${text}").`
		);
	return count;
}

function badOrigin(text: string): ConfigError {
	return new ConfigError(
		`ORIGIN doit être l’adresse que l’on tape, comme https://carnet.exemple.org, sans chemin (reçu : « ${text} »).\nORIGIN must be the address people type, such as https://notebook.example.org, without a path (got "${text}").`
	);
}
