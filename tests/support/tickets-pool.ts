/** For tests only: a pool of tickets sold that one organisation runs, and others that take part in it. */
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { integerColumn } from '../../src/lib/tables/column-of.ts';
import type { Actor, App } from '../../src/lib/server/app.ts';
import { createOrganisation } from '../../src/lib/server/organisations/organisation.ts';
import { contributePart } from '../../src/lib/server/pools/contribute.ts';
import { createPool } from '../../src/lib/server/pools/create.ts';
import { inviteToPool, joinPool } from '../../src/lib/server/pools/members.ts';
import { testPerson } from './app.ts';

const words = (text: string) => ({ fr: text, en: text });

export interface TicketsPool {
	readonly runner: Actor;
	readonly datasetId: string;
	/** Invites the person, whose organisation joins. */
	bring(person: Actor, organisationId: string): void;
	/** Contributes one row; answers the name of the pool's file that holds it. */
	give(person: Actor, organisationId: string, billets: number): Promise<string>;
}

export function ticketsPool(
	app: App,
	terms: { readonly licence: string; readonly publication: string }
): TicketsPool {
	const runner = testPerson(app, 'Sophie');
	const { id, datasetId } = createPool(app, runner, {
		organisationId: createOrganisation(app, runner, { name: 'Réseau' }),
		contract: {
			title: words('Bassin'),
			description: words(''),
			columns: [{ name: 'billets', label: words('Billets'), type: 'integer', required: true }],
			key: [],
			terms
		}
	});
	return {
		runner,
		datasetId,
		bring(person, organisationId) {
			inviteToPool(app, runner, id, person.email ?? '');
			joinPool(app, person, id, organisationId);
		},
		async give(person, organisationId, billets) {
			const { slug, version } = await contributePart(
				app,
				person,
				id,
				{ organisationId, period: '', contractVersion: 1, accepted: true },
				encodeTable([integerColumn('billets', [billets])])
			);
			return `${slug}@${version}.arrow`;
		}
	};
}
