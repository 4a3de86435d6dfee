/**
 * Who is let in by each route and each form action, asked of the real server. The list of routes is read from the
 * routes themselves: one that this table does not know fails. « Let in » is any answer but 401, 403 and 404: a form
 * sent empty is refused for what it lacks, after the permission was asked.
 */
import { globSync, readFileSync } from 'node:fs';
import { UPLOAD_MEDIA_TYPE } from '../../src/lib/core/protocol/import.ts';
import { encodeTable } from '../../src/lib/tables/arrow.ts';
import { integerColumn } from '../../src/lib/tables/column-of.ts';
import { Cast, CAST, POOL_CONTRACT, type Part } from '../support/cast.ts';
import { expect, test } from '../support/fixtures.ts';

interface Asked {
	readonly path: string;
	readonly form?: Readonly<Record<string, string>>;
	readonly json?: unknown;
	/** What is said of a table, which goes with it as the import page sends it. */
	readonly upload?: unknown;
}
interface Rule {
	readonly who: readonly Part[];
	/** Made anew for each request: what one person did must not change what the next is told. */
	readonly ask: (cast: Cast) => Asked;
}

const ALL = CAST;
const SIGNED_IN = CAST.filter((part) => part !== 'anonymous');
const ACCOUNTS = SIGNED_IN.filter((part) => part !== 'guest');
/** A token of nobody's: whoever asks, it is missing. */
const NOBODY: readonly Part[] = [];
const WORKSHOP: readonly Part[] = ['facilitator', 'participant', 'guest', 'seated-steward'];
const STEWARDS: readonly Part[] = ['steward', 'seated-steward'];
const READERS: readonly Part[] = ['facilitator', 'editor', 'viewer'];
const EDITORS: readonly Part[] = ['facilitator', 'editor'];
const OWNER: readonly Part[] = ['facilitator'];
const DATASET: readonly Part[] = ['steward', ...WORKSHOP];
/** A table of one column and one row. */
const TABLE = encodeTable([integerColumn('billets', [1])]);

const at = (who: readonly Part[], path: string, more: Omit<Asked, 'path'> = {}): Rule => ({
	who,
	ask: () => ({ path, ...more })
});
/** Rules about one thing of the cast: its page, or an action of its page. */
const about =
	(address: (cast: Cast) => string) =>
	(
		who: readonly Part[],
		action = '',
		form: (cast: Cast) => Record<string, string> = () => ({})
	): Rule => ({
		who,
		ask: (cast) =>
			action === ''
				? { path: address(cast) }
				: { path: `${address(cast)}?/${action}`, form: form(cast) }
	});
const deletedNotebook = (action: string): Rule => ({
	who: OWNER,
	ask: (cast) => ({ path: `/carnets?/${action}`, form: { notebook: cast.deletedNotebook() } })
});
const workshop = about((cast) => `/ateliers/${cast.workshop}`);
const organisation = about((cast) => `/organismes/${cast.governed()}`);
const dataset = about((cast) => `/donnees/${cast.granted()}`);
const pool = about((cast) => `/bassins/${cast.pool()}`);
const contract = about((cast) => `/bassins/${cast.pool()}/contrat`);
const managed = about((cast) => `/donnees/${cast.granted()}/gerer`);
type Notebook = ReturnType<Cast['notebook']>;
const notebook = (
	who: readonly Part[],
	path: (notebook: Notebook) => string,
	more: Omit<Asked, 'path'> = {}
): Rule => ({ who, ask: (cast) => ({ path: path(cast.notebook()), ...more }) });

const proposal = (
	who: readonly Part[],
	path: (proposal: ReturnType<Cast['proposal']>) => string,
	more: Omit<Asked, 'path'> = {}
): Rule => ({ who, ask: (cast) => ({ path: path(cast.proposal()), ...more }) });

const report = (
	who: readonly Part[],
	action: string,
	more: Readonly<Record<string, string>> = {}
): Rule => ({
	who,
	ask: (cast) => {
		const made = cast.report();
		return {
			path: `/carnets/${made.notebook}/publier?/${action}`,
			form: { report: made.report, ...more }
		};
	}
});

const RULES: Readonly<Record<string, Rule>> = {
	'GET /': at(ALL, '/'),
	'GET /aide': at(ALL, '/aide'),
	'GET /healthz': at(ALL, '/healthz'),
	'GET /sandbox/frame': at(ALL, '/sandbox/frame'),

	'GET /connexion': at(ALL, '/connexion'),
	'POST /connexion?/default': at(ALL, '/connexion', { form: {} }),
	'GET /inscription': at(ALL, '/inscription'),
	'POST /inscription?/default': at(ALL, '/inscription', { form: {} }),
	'GET /rejoindre': at(ALL, '/rejoindre'),
	'POST /rejoindre?/default': at(ALL, '/rejoindre', { form: {} }),
	'GET /rejoindre/[code]': at(ALL, '/rejoindre/ZZZ-ZZZ-ZZZ'),
	'POST /rejoindre/[code]?/default': at(ALL, '/rejoindre/ZZZ-ZZZ-ZZZ', { form: {} }),
	'GET /lien/[token]': at(ALL, '/lien/perime'),
	'POST /lien/[token]?/default': at(NOBODY, '/lien/perime', { form: {} }),
	'GET /premier-acces/[token]': at(ALL, '/premier-acces/perime'),
	'POST /premier-acces/[token]?/default': at(NOBODY, '/premier-acces/perime', { form: {} }),
	'GET /partage/[token]': at(ALL, '/partage/perime'),
	'POST /partage/[token]?/default': at(NOBODY, '/partage/perime', { form: {} }),

	'GET /courriels/[token]': at(ALL, '/courriels/perime'),
	'POST /courriels/[token]?/default': at(NOBODY, '/courriels/perime', { form: {} }),
	'GET /api/notifications': at(SIGNED_IN, '/api/notifications'),
	'POST /api/notifications/read': at(SIGNED_IN, '/api/notifications/read', { json: { ids: [] } }),

	'GET /compte': at(SIGNED_IN, '/compte'),
	'POST /compte?/profile': at(SIGNED_IN, '/compte?/profile', { form: {} }),
	'POST /compte?/mail': at(SIGNED_IN, '/compte?/mail', { form: {} }),
	'POST /compte?/password': at(ACCOUNTS, '/compte?/password', { form: {} }),
	'POST /compte?/account': at(SIGNED_IN, '/compte?/account', { form: {} }),
	'POST /compte?/sign-out': at(ALL, '/compte?/sign-out', { form: {} }),

	'GET /ateliers': at(SIGNED_IN, '/ateliers'),
	'GET /ateliers/nouveau': at(ACCOUNTS, '/ateliers/nouveau'),
	'POST /ateliers/nouveau?/default': at(ACCOUNTS, '/ateliers/nouveau', {
		form: { title: 'x' }
	}),
	'GET /ateliers/[id]': workshop(WORKSHOP),
	'GET /ateliers/[id]/versions': {
		who: OWNER,
		ask: (cast) => ({ path: `/ateliers/${cast.workshop}/versions` })
	},
	'GET /api/workshops/[id]/people': {
		who: WORKSHOP,
		ask: (cast) => ({ path: `/api/workshops/${cast.workshop}/people` })
	},
	'POST /ateliers/[id]?/choose-table': workshop(WORKSHOP, 'choose-table'),
	'POST /ateliers/[id]?/create-code': workshop(OWNER, 'create-code', () => ({ hours: '72' })),
	'POST /ateliers/[id]?/revoke-code': workshop(OWNER, 'revoke-code'),
	'POST /ateliers/[id]?/add-table': workshop(OWNER, 'add-table', () => ({ name: 'Phare' })),
	'POST /ateliers/[id]?/rename-table': workshop(OWNER, 'rename-table', (cast) => ({
		tableId: cast.table(),
		name: 'Marée'
	})),
	'POST /ateliers/[id]?/remove-table': workshop(OWNER, 'remove-table', (cast) => ({
		tableId: cast.table()
	})),
	'POST /ateliers/[id]?/set-role': workshop(OWNER, 'set-role', (cast) => ({
		personId: cast.seated(),
		role: 'participant'
	})),
	'POST /ateliers/[id]?/remove-person': workshop(OWNER, 'remove-person', (cast) => ({
		personId: cast.seated()
	})),
	'POST /ateliers/[id]?/offer-starter': workshop(OWNER, 'offer-starter', (cast) => ({
		notebookId: cast.notebook().id
	})),
	'POST /ateliers/[id]?/withdraw-starter': workshop(OWNER, 'withdraw-starter', (cast) => ({
		notebookId: cast.starter()
	})),
	// Who governs the dataset and is of the workshop.
	'POST /ateliers/[id]?/grant-dataset': workshop(['seated-steward'], 'grant-dataset', (cast) => ({
		datasetId: cast.dataset
	})),
	'POST /ateliers/[id]?/revoke-dataset': workshop(STEWARDS, 'revoke-dataset', (cast) => ({
		datasetId: cast.granted()
	})),
	'POST /ateliers/[id]?/edit': workshop(OWNER, 'edit', () => ({ title: 'Droits' })),
	'POST /ateliers/[id]?/end': workshop(OWNER, 'end'),
	'POST /ateliers/[id]?/reopen': workshop(OWNER, 'reopen'),

	'GET /organismes': at(SIGNED_IN, '/organismes'),
	'GET /organismes/nouveau': at(ACCOUNTS, '/organismes/nouveau'),
	'POST /organismes/nouveau?/default': at(ACCOUNTS, '/organismes/nouveau', { form: {} }),
	'GET /organismes/[id]': organisation(['administrator', ...STEWARDS]),
	'POST /organismes/[id]?/add-member': organisation(STEWARDS, 'add-member', () => ({
		email: 'pas un courriel'
	})),
	'POST /organismes/[id]?/set-role': organisation(STEWARDS, 'set-role', (cast) => ({
		personId: cast.member(),
		role: 'member'
	})),
	'POST /organismes/[id]?/remove-member': organisation(STEWARDS, 'remove-member', (cast) => ({
		personId: cast.member()
	})),
	'POST /organismes/[id]?/leave': organisation(STEWARDS, 'leave'),
	'POST /organismes/[id]?/edit': organisation(STEWARDS, 'edit', () => ({ name: 'Droits' })),

	'GET /donnees': at(SIGNED_IN, '/donnees'),
	'GET /donnees/importer': at(SIGNED_IN, '/donnees/importer'),
	'GET /api/datasets': at(SIGNED_IN, '/api/datasets'),
	'POST /api/datasets': {
		who: STEWARDS,
		ask: (cast) => ({
			path: '/api/datasets',
			upload: { organisationId: cast.organisation, title: 'Droits', licence: 'CC-BY-4.0' }
		})
	},
	'POST /api/datasets/[id]/versions': {
		who: STEWARDS,
		ask: (cast) => ({ path: `/api/datasets/${cast.dataset}/versions`, upload: {} })
	},
	'GET /api/files/[name]': {
		who: DATASET,
		ask: (cast) => {
			cast.granted();
			return { path: `/api/files/${cast.slug}@1.arrow` };
		}
	},
	'GET /donnees/[id]': dataset(DATASET),
	'GET /donnees/[id]/gerer': managed(STEWARDS),
	'POST /donnees/[id]/gerer?/update': managed(STEWARDS, 'update', () => ({ title: 'Droits' })),
	'POST /donnees/[id]/gerer?/columns': managed(STEWARDS, 'columns', () => ({ columnName: 'n' })),
	// The organisation that it is granted to is one that the person must know.
	'POST /donnees/[id]/gerer?/grant': managed(['steward'], 'grant', (cast) => ({
		grantee: `organisation:${cast.otherOrganisation}`
	})),
	'POST /donnees/[id]/gerer?/revoke': managed(STEWARDS, 'revoke', (cast) => ({
		grantee: `organisation:${cast.otherOrganisation}`
	})),
	'POST /donnees/[id]/gerer?/withdraw': managed(STEWARDS, 'withdraw'),
	'POST /donnees/[id]/gerer?/restore': managed(STEWARDS, 'restore'),

	'GET /bassins': at(SIGNED_IN, '/bassins'),
	'GET /bassins/nouveau': at(ACCOUNTS, '/bassins/nouveau'),
	'POST /bassins/nouveau?/default': at(ACCOUNTS, '/bassins/nouveau', { form: {} }),
	'GET /bassins/[id]': pool(STEWARDS),
	'GET /bassins/[id]/verser': {
		who: STEWARDS,
		ask: (cast) => ({ path: `/bassins/${cast.pool()}/verser` })
	},
	// One runs it, the other is invited.
	'POST /bassins/[id]?/join': pool(STEWARDS, 'join', (cast) => ({
		organisation: cast.organisation
	})),
	'POST /bassins/[id]?/decline': pool(['seated-steward'], 'decline'),
	'POST /bassins/[id]?/invite': pool(['steward'], 'invite', () => ({
		email: 'pas un courriel'
	})),
	// Whoever runs it, and the person invited.
	'POST /bassins/[id]?/uninvite': pool(STEWARDS, 'uninvite', (cast) => ({
		person: cast.actor('seated-steward').personId
	})),
	'POST /bassins/[id]?/withdraw': pool(STEWARDS, 'withdraw', (cast) => ({
		organisation: cast.organisation,
		period: ''
	})),
	'POST /bassins/[id]?/leave': pool(STEWARDS, 'leave', (cast) => ({
		organisation: cast.organisation
	})),
	// Whoever runs it.
	'GET /bassins/[id]/contrat': contract(['steward']),
	'POST /bassins/[id]/contrat?/default': {
		who: ['steward'],
		ask: (cast) => ({
			path: `/bassins/${cast.pool()}/contrat`,
			form: { from: '1', contract: JSON.stringify(POOL_CONTRACT) }
		})
	},
	'POST /api/pools/[id]/parts': {
		who: STEWARDS,
		ask: (cast) => ({
			path: `/api/pools/${cast.pool()}/parts`,
			upload: {
				organisationId: cast.organisation,
				period: '',
				contractVersion: 1,
				accepted: true
			}
		})
	},

	'GET /carnets': at(SIGNED_IN, '/carnets'),
	'POST /carnets?/create': at(SIGNED_IN, '/carnets?/create', { form: {} }),
	'POST /carnets?/import': at(SIGNED_IN, '/carnets?/import', { form: {} }),
	'POST /carnets?/restore': deletedNotebook('restore'),
	'POST /carnets?/forget': deletedNotebook('forget'),
	'GET /carnets/[id]': notebook(READERS, ({ id }) => `/carnets/${id}`),
	'POST /carnets/[id]?/fork': notebook(READERS, ({ id }) => `/carnets/${id}?/fork`, { form: {} }),
	'POST /carnets/[id]?/delete': notebook(OWNER, ({ id }) => `/carnets/${id}?/delete`, {
		form: {}
	}),
	'GET /carnets/[id]/comparer': notebook(
		READERS,
		({ id, version }) => `/carnets/${id}/comparer?de=v.${version}&a=present`
	),
	'GET /carnets/[id]/propositions': proposal(EDITORS, ({ id }) => `/carnets/${id}/propositions`),
	// The viewer made it.
	'GET /carnets/[id]/propositions/[p]': proposal(
		READERS,
		({ id, proposal: p }) => `/carnets/${id}/propositions/${p}`
	),
	'POST /carnets/[id]/propositions/[p]?/accept': proposal(
		EDITORS,
		({ id, proposal: p }) => `/carnets/${id}/propositions/${p}?/accept`,
		{ form: { change: 'changed:un' } }
	),
	'POST /carnets/[id]/propositions/[p]?/decline': proposal(
		EDITORS,
		({ id, proposal: p }) => `/carnets/${id}/propositions/${p}?/decline`,
		{ form: { change: 'changed:un', reason: 'Non' } }
	),
	'POST /carnets/[id]/propositions/[p]?/withdraw': proposal(
		['viewer'],
		({ fork, proposal: p }) => `/carnets/${fork}/propositions/${p}?/withdraw`,
		{ form: {} }
	),
	'POST /carnets/[id]/propositions/[p]?/comment': proposal(
		READERS,
		({ id, proposal: p }) => `/carnets/${id}/propositions/${p}?/comment`,
		{ form: { body: 'Pourquoi ?' } }
	),
	'GET /api/proposals/[p]': proposal(
		READERS,
		({ id, proposal: p }) => `/api/proposals/${p}?in=${id}`
	),
	'GET /api/proposals/[p]/people': proposal(
		READERS,
		({ proposal: p }) => `/api/proposals/${p}/people`
	),
	'POST /api/proposals/[p]/comments': proposal(
		READERS,
		({ proposal: p }) => `/api/proposals/${p}/comments`,
		{ json: { body: 'Pourquoi ?' } }
	),
	'POST /api/proposals/[p]/read': proposal(
		READERS,
		({ proposal: p }) => `/api/proposals/${p}/read`,
		{
			json: {}
		}
	),
	'GET /carnets/[id]/proposer': proposal(['viewer'], ({ fork }) => `/carnets/${fork}/proposer`),
	'POST /carnets/[id]/proposer?/default': proposal(
		['viewer'],
		({ fork }) => `/carnets/${fork}/proposer`,
		{ form: { change: 'changed:un', message: '' } }
	),
	'GET /carnets/[id]/reprendre': proposal(['viewer'], ({ fork }) => `/carnets/${fork}/reprendre`),
	'POST /carnets/[id]/reprendre?/take': proposal(
		['viewer'],
		({ fork }) => `/carnets/${fork}/reprendre?/take`,
		{ form: { change: 'changed:un' } }
	),
	'POST /carnets/[id]/reprendre?/decide': proposal(
		['viewer'],
		({ fork }) => `/carnets/${fork}/reprendre?/decide`,
		{ form: { change: 'changed:un', take: 'ours', seen: 'null' } }
	),
	'GET /carnets/[id]/publier': notebook(EDITORS, ({ id }) => `/carnets/${id}/publier`),
	// The report that the form names is asked about.
	'POST /carnets/[id]/publier?/withdraw': report(['administrator', ...OWNER], 'withdraw', {
		reason: 'Erreur'
	}),
	'POST /carnets/[id]/publier?/lift': report(['administrator'], 'lift'),
	'POST /api/notebooks/[id]/report': notebook(EDITORS, ({ id }) => `/api/notebooks/${id}/report`, {
		json: { review: true, ran: [], content: {} }
	}),
	'GET /api/notebooks/[id]/grants': notebook(OWNER, ({ id }) => `/api/notebooks/${id}/grants`),
	'POST /api/notebooks/[id]/grants': notebook(OWNER, ({ id }) => `/api/notebooks/${id}/grants`, {
		json: { kind: 'link', level: 'viewer', days: 7 }
	}),
	'PATCH /api/notebooks/[id]/grants/[grant]': notebook(
		OWNER,
		({ id, grant }) => `/api/notebooks/${id}/grants/${grant}`,
		{ json: { level: 'editor' } }
	),
	'DELETE /api/notebooks/[id]/grants/[grant]': notebook(
		OWNER,
		({ id, grant }) => `/api/notebooks/${id}/grants/${grant}`
	),
	'GET /api/notebooks/[id]/threads': notebook(READERS, ({ id }) => `/api/notebooks/${id}/threads`),
	'POST /api/notebooks/[id]/threads': notebook(
		READERS,
		({ id }) => `/api/notebooks/${id}/threads`,
		{ json: { anchor: { kind: 'cell', cell: 'un' }, excerpt: '1', body: 'Oui' } }
	),
	'GET /api/notebooks/[id]/threads/people': notebook(
		READERS,
		({ id }) => `/api/notebooks/${id}/threads/people`
	),
	'POST /api/notebooks/[id]/threads/read': notebook(
		READERS,
		({ id }) => `/api/notebooks/${id}/threads/read`,
		{ json: { threads: [] } }
	),
	'PUT /api/notebooks/[id]/threads/[thread]/comments/[comment]/reactions': notebook(
		READERS,
		({ id, thread, comment }) =>
			`/api/notebooks/${id}/threads/${thread}/comments/${comment}/reactions`,
		{ json: { reaction: 'agree', on: true } }
	),
	'POST /api/notebooks/[id]/threads/[thread]': notebook(
		READERS,
		({ id, thread }) => `/api/notebooks/${id}/threads/${thread}`,
		{ json: { body: 'Oui' } }
	),
	'PATCH /api/notebooks/[id]/threads/[thread]': notebook(
		EDITORS,
		({ id, thread }) => `/api/notebooks/${id}/threads/${thread}`,
		{ json: { resolved: true } }
	),
	// The facilitator wrote it, and owns the notebook.
	'PATCH /api/notebooks/[id]/threads/[thread]/comments/[comment]': notebook(
		OWNER,
		({ id, thread, comment }) => `/api/notebooks/${id}/threads/${thread}/comments/${comment}`,
		{ json: { body: 'Autrement' } }
	),
	'DELETE /api/notebooks/[id]/threads/[thread]/comments/[comment]': notebook(
		OWNER,
		({ id, thread, comment }) => `/api/notebooks/${id}/threads/${thread}/comments/${comment}`
	),

	'GET /api/notebooks/[id]/lineage': notebook(READERS, ({ id }) => `/api/notebooks/${id}/lineage`),
	'GET /api/notebooks/[id]/proposals': notebook(
		READERS,
		({ id }) => `/api/notebooks/${id}/proposals`
	),
	'GET /api/notebooks/[id]/versions': notebook(
		READERS,
		({ id }) => `/api/notebooks/${id}/versions`
	),
	'POST /api/notebooks/[id]/versions': notebook(
		EDITORS,
		({ id }) => `/api/notebooks/${id}/versions`,
		{ json: { name: 'Avant la réunion' } }
	),
	'GET /api/notebooks/[id]/versions/[version]': notebook(
		READERS,
		({ id, version }) => `/api/notebooks/${id}/versions/${version}`
	),
	// The editor kept it, and the facilitator owns the notebook.
	'PATCH /api/notebooks/[id]/versions/[version]': notebook(
		EDITORS,
		({ id, version }) => `/api/notebooks/${id}/versions/${version}`,
		{ json: { name: 'Autrement' } }
	),
	'DELETE /api/notebooks/[id]/versions/[version]': notebook(
		EDITORS,
		({ id, version }) => `/api/notebooks/${id}/versions/${version}`
	),
	'POST /api/notebooks/[id]/versions/[version]/restore': notebook(
		EDITORS,
		({ id, version }) => `/api/notebooks/${id}/versions/${version}/restore`,
		{ json: {} }
	),
	'POST /api/notebooks/[id]/deleted-cells/[cell]': notebook(
		EDITORS,
		({ id, deleted }) => `/api/notebooks/${id}/deleted-cells/${deleted}`,
		{ json: {} }
	),
	'DELETE /api/notebooks/[id]/deleted-cells/[cell]': notebook(
		EDITORS,
		({ id, deleted }) => `/api/notebooks/${id}/deleted-cells/${deleted}`
	),

	'GET /rapports': at(ALL, '/rapports'),
	'GET /rapports/[slug]': at(ALL, '/rapports/en-fevrier-nos-salles-se-remplissent-moins'),
	// The demo's report is open to exploration, and gives the files of its own list; that it gives no other, nor
	// anything once one condition fails, is tested beside its source (server/reports/explore.test.ts).
	'GET /rapports/[slug]/v/[number]/explorer': at(
		ALL,
		'/rapports/en-fevrier-nos-salles-se-remplissent-moins/v/1/explorer'
	),
	'GET /api/reports/[slug]/[lang]/[number]/[name]': at(
		ALL,
		'/api/reports/en-fevrier-nos-salles-se-remplissent-moins/fr/1/representations-demo@1.arrow'
	),
	'GET /rapports/[slug]/v/[number]': at(
		ALL,
		'/rapports/en-fevrier-nos-salles-se-remplissent-moins/v/1'
	)
};

/** As the import page sends it: how long the description is, the description, the table. */
function uploadBody(description: unknown): Blob {
	const json = new TextEncoder().encode(JSON.stringify(description));
	const length = new DataView(new ArrayBuffer(4));
	length.setUint32(0, json.length, true);
	return new Blob([length.buffer, json, TABLE]);
}

/** Every page, endpoint method and form action, from the files that the routes are. */
function entries(): string[] {
	const routeOf = (file: string): string =>
		file.replace('src/routes', '').replace(/\/\+[^/]*$/, '') || '/';
	const found: string[] = globSync('src/routes/**/+page.svelte').map(
		(file) => `GET ${routeOf(file)}`
	);
	for (const file of globSync('src/routes/**/+server.ts'))
		for (const [, method] of readFileSync(file, 'utf8').matchAll(
			/export const (GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|fallback)\b/g
		))
			found.push(`${method} ${routeOf(file)}`);
	for (const file of globSync('src/routes/**/+page.server.ts')) {
		const [, actions = ''] = readFileSync(file, 'utf8').split('export const actions');
		for (const [, name] of actions.matchAll(/^\t'?([a-z-]+)'?: ?(?:async|action|\()/gm))
			found.push(`POST ${routeOf(file)}?/${name}`);
	}
	return found.sort();
}

test('every route and action is in the table', () => {
	expect(Object.keys(RULES).sort()).toEqual(entries());
});

test('each lets in whom it should, and nobody else', async ({ server }) => {
	test.setTimeout(240_000);
	const cast = new Cast(server);
	const wrong: string[] = [];
	try {
		for (const [entry, { who, ask }] of Object.entries(RULES)) {
			const method = entry.split(' ')[0] ?? 'GET';
			// Who is refused first: what the others do must not be why.
			for (const part of [...CAST].sort(
				(a, b) => Number(who.includes(a)) - Number(who.includes(b))
			)) {
				const { path, form, json, upload } = ask(cast);
				const response = await fetch(server.origin + path, {
					method,
					redirect: 'manual',
					headers: {
						cookie: await cast.cookie(part),
						origin: server.origin,
						// A form's answer alone, without the page that it would show next.
						accept:
							form || json !== undefined || upload !== undefined ? 'application/json' : 'text/html',
						...(form ? { 'x-sveltekit-action': 'true' } : {}),
						...(json === undefined ? {} : { 'content-type': 'application/json' }),
						...(upload === undefined ? {} : { 'content-type': UPLOAD_MEDIA_TYPE })
					},
					body: form
						? new URLSearchParams(form)
						: upload !== undefined
							? uploadBody(upload)
							: json === undefined
								? null
								: JSON.stringify(json)
				});
				const text = await response.text();
				const status = form ? (JSON.parse(text) as { status: number }).status : response.status;
				const letIn = ![401, 403, 404].includes(status);
				if (letIn !== who.includes(part) || status >= 500)
					wrong.push(`${entry}: ${part} got ${status}`);
			}
		}
	} finally {
		cast.close();
	}
	expect(wrong).toEqual([]);
});

test('a foreign id and a missing id answer alike', async ({ server }) => {
	const cast = new Cast(server);
	try {
		const cookie = await cast.cookie('stranger');
		const ask = async (path: string): Promise<[number, string]> => {
			const response = await fetch(server.origin + path, { headers: { cookie } });
			const html = await response.text();
			return [response.status, /<main[^]*<\/main>/.exec(html)?.[0].replaceAll(path, '') ?? html];
		};
		const { id, version } = cast.notebook();
		const missing = '0'.repeat(26);
		for (const [foreign, absent] of [
			[`/carnets/${id}`, `/carnets/${missing}`],
			[`/ateliers/${cast.workshop}`, `/ateliers/${missing}`],
			[`/ateliers/${cast.workshop}/versions`, `/ateliers/${missing}/versions`],
			[`/carnets/${id}/comparer`, `/carnets/${missing}/comparer`],
			[`/organismes/${cast.organisation}`, `/organismes/${missing}`],
			[`/donnees/${cast.dataset}`, `/donnees/${missing}`],
			[`/bassins/${cast.pool()}`, `/bassins/${missing}`],
			[`/donnees/${cast.dataset}/gerer`, `/donnees/${missing}/gerer`],
			[`/api/files/${cast.slug}@1.arrow`, '/api/files/absent@1.arrow'],
			[`/api/notebooks/${id}/threads`, `/api/notebooks/${missing}/threads`],
			[`/api/notebooks/${id}/lineage`, `/api/notebooks/${missing}/lineage`],
			[`/api/notebooks/${id}/versions`, `/api/notebooks/${missing}/versions`],
			[`/api/notebooks/${id}/versions/${version}`, `/api/notebooks/${id}/versions/${missing}`]
		] as const)
			expect(await ask(foreign), foreign).toEqual(await ask(absent));
	} finally {
		cast.close();
	}
});
