/**
 * The rooms of the product: which other rooms and which packages each may import (docs/architecture.md says
 * why), and the lint rule that holds them to it. `no-restricted-imports` compares specifiers only: it takes
 * `../sandbox/x` of src/lib/server/a/ for the room src/lib/sandbox, and does not see `import()`.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The parser of cells may be a library's; only these folders of core read cells. */
const CELL_PARSERS = ['acorn', 'acorn-walk', '@observablehq/notebook-kit'];
const ARROW = ['arquero', 'apache-arrow', '@uwdata/flechette'];
const YJS = ['yjs', 'y-protocols', 'lib0'];

/**
 * A name ending with `*` stands for all that begins so; a package stands for its sub-paths too.
 * `direct`: Node runs the room's files as they are, hence relative imports only.
 * @typedef {{ folder: string, rooms: string[], packages: string[], direct?: boolean }} Room
 * @type {Record<string, Room>}
 */
export const ROOMS = {
	core: { folder: 'src/lib/core', rooms: [], packages: [], direct: true },
	tables: {
		folder: 'src/lib/tables',
		rooms: ['core'],
		packages: [...ARROW, 'flatbuffers', 'fzstd', 'parquet-wasm', '@noble/hashes'],
		direct: true
	},
	collab: {
		folder: 'src/lib/collab',
		rooms: ['core'],
		packages: [...YJS, 'fractional-indexing'],
		direct: true
	},
	sandbox: {
		folder: 'src/lib/sandbox',
		rooms: ['core', 'tables'],
		packages: [...ARROW, '@observablehq/plot', 'linkedom', 'd3-*', 'virtual:*'],
		direct: true
	},
	server: {
		folder: 'src/lib/server',
		rooms: ['core', 'tables', 'collab'],
		packages: [
			...YJS,
			'node:*',
			'@sveltejs/kit',
			'drizzle-orm',
			'better-sqlite3',
			'lucia',
			'@node-rs/argon2',
			'@hocuspocus/server',
			'nodemailer',
			'ws',
			'apache-arrow',
			'uqr',
			'virtual:*'
		],
		direct: true
	},
	client: {
		folder: 'src/lib/client',
		rooms: ['core', 'collab', 'paraglide'],
		packages: [...YJS, 'svelte', '$app/*', '@hocuspocus/provider', 'virtual:*']
	},
	ui: {
		folder: 'src/lib/ui',
		rooms: ['core', 'client', 'paraglide'],
		packages: [
			'svelte',
			'$app/*',
			'bits-ui',
			'@lucide/svelte',
			'codemirror',
			'@codemirror/*',
			'@lezer/*',
			'y-codemirror.next',
			'yjs',
			'markdown-it',
			'dompurify',
			'uqr'
		]
	},
	routes: {
		folder: 'src/routes',
		rooms: ['ui', 'client', 'core', 'paraglide'],
		packages: [
			'svelte',
			'$app/*',
			'@sveltejs/kit',
			'bits-ui',
			'@lucide/svelte',
			'@fontsource-variable/*',
			'virtual:*'
		]
	}
};

/** Files that live in a room and are not of it: tests, and what the build runs. */
const OUTSIDE = [/\.test\.ts$/, /^src\/lib\/sandbox\/[a-z-]*(vite|build)[a-z-]*\.ts$/];
const SERVER_ROUTE = /^src\/routes\/(.*\/)?\+(server|.*\.server)\.ts$/;
const READS_CELLS = /^src\/lib\/core\/(analysis|pipeline|chart|control)\//;

/** @param {string} path a path from the root of the repository, with slashes */
const roomOf = (path) => {
	if (path.startsWith('src/lib/paraglide')) return 'paraglide';
	for (const [room, { folder }] of Object.entries(ROOMS))
		if (path === folder || path.startsWith(`${folder}/`)) return room;
	return null;
};

/** @param {string} specifier @param {string} name */
const covers = (specifier, name) =>
	name.endsWith('*')
		? specifier.startsWith(name.slice(0, -1))
		: specifier === name || specifier.startsWith(`${name}/`);

/**
 * Why a file may not import a specifier, or null when it may.
 * @param {string} file path from the root, with slashes
 * @param {string} specifier
 * @returns {string | null}
 */
export function refusal(file, specifier) {
	const room = roomOf(file);
	const entry = room === null ? undefined : ROOMS[room];
	if (!room || !entry || OUTSIDE.some((pattern) => pattern.test(file))) return null;
	// A worker or a frame is named by its URL: nothing of it runs here.
	if (room === 'client' && /\?(worker&)?url$/.test(specifier)) return null;

	const inside = specifier === '$lib' || specifier.startsWith('$lib/');
	if (inside && entry.direct)
		return `Node runs src/lib/${room} as it is, and does not know $lib: import relatively.`;
	if (inside || specifier.startsWith('.')) {
		const path = inside
			? specifier.replace('$lib', 'src/lib')
			: relative(ROOT, resolve(ROOT, dirname(file), specifier)).replaceAll(sep, '/');
		const other = roomOf(path);
		const open = SERVER_ROUTE.test(file) ? [...entry.rooms, 'server'] : entry.rooms;
		if (other === null || other === room || open.includes(other)) return null;
		return `${room} may not enter ${other} (docs/architecture.md, “Rooms”).`;
	}
	const packages = READS_CELLS.test(file) ? CELL_PARSERS : entry.packages;
	// The server never evaluates people's code; with this module it could.
	const shut = covers(specifier, 'node:vm');
	if (!shut && packages.some((name) => covers(specifier, name))) return null;
	return `${room} may not import the package ${specifier} (docs/architecture.md, “Rooms”).`;
}

/** @type {import('eslint').Rule.RuleModule} */
export const rule = {
	meta: { type: 'problem', schema: [], messages: { refused: '{{why}}' } },
	create(context) {
		const file = relative(ROOT, context.filename).replaceAll(sep, '/');
		/** @param {import('estree').Node | null | undefined} source */
		const check = (source) => {
			if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
			const why = refusal(file, source.value);
			if (why) context.report({ node: source, messageId: 'refused', data: { why } });
		};
		return {
			ImportDeclaration: (node) => check(node.source),
			ImportExpression: (node) => check(node.source),
			ExportNamedDeclaration: (node) => check(node.source),
			ExportAllDeclaration: (node) => check(node.source)
		};
	}
};
