/** What the operator reads once the product stands: its address, and the way in. */
import { formatJoinCode } from '../core/workshop/join-code.ts';
import type { App } from './app.ts';
import { createSignInLink, hasAdministrator } from './auth/sign-in-link.ts';
import { demoDoor } from './demo/seed.ts';

const MINUTE = 60_000;
export const DEMO_LINK_TTL = 15 * MINUTE;
export const FIRST_ACCESS_TTL = 60 * MINUTE;

/**
 * A link is fresh at each start. The demo facilitator's is only ever printed on a loopback address: elsewhere,
 * whoever reads the log of a shared machine could enter. The first administrator's is the only way in there.
 */
export function greeting(app: App): string {
	const { origin, loopback, demo } = app.config;
	const lines = [`Carnet commun  ${origin}`];
	const door = demo ? demoDoor(app) : null;
	if (door && loopback)
		lines.push(
			'',
			'Animer la démonstration (lien à usage unique, 15 minutes)',
			'Facilitate the demo (one-time link, 15 minutes)',
			`  ${origin}/lien/${createSignInLink(app, door.personId, DEMO_LINK_TTL)}`
		);
	if (door)
		lines.push(
			'',
			`Participer à l’atelier de démonstration : code ${formatJoinCode(door.joinCode)}`,
			`Take part in the demo workshop: code ${formatJoinCode(door.joinCode)}`,
			`  ${origin}/rejoindre/${formatJoinCode(door.joinCode)}`
		);
	if (!(door && loopback) && !hasAdministrator(app))
		lines.push(
			'',
			'Créer le premier compte d’administration (lien à usage unique, 60 minutes)',
			'Create the first administrator (one-time link, 60 minutes)',
			`  ${origin}/premier-acces/${createSignInLink(app, null, FIRST_ACCESS_TTL)}`
		);
	return [...lines, '', 'Ctrl+C pour arrêter / to stop'].map((line) => `  ${line}`).join('\n');
}
