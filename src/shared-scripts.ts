/**
 * How modules that several pages or panels share are put into scripts. Dozens of scripts of a few hundred bytes cost a
 * page more than a little that it may not need: small ones are merged. But nothing comes along with what a page loads
 * first: the scripts of every page, those of a notebook, and those of its editor are merged among themselves.
 */
import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { Rolldown } from 'vite';

type Groups = NonNullable<
	Exclude<Rolldown.OutputOptions['codeSplitting'], boolean | undefined>['groups']
>;
type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

const KIT = '.svelte-kit/generated/client-optimized';

/** What is loaded first, from the project's root. A module is of the first of these that brings it. */
const FIRST = {
	/** By every page: Kit's client, the layout of all, the page of errors. */
	frame: [
		'node_modules/@sveltejs/kit/src/runtime/client/entry.js',
		`${KIT}/app.js`,
		`${KIT}/nodes/0.js`,
		`${KIT}/nodes/1.js`
	],
	notebook: ['src/routes/carnets/[id]/+layout.svelte', 'src/routes/carnets/[id]/+page.svelte'],
	/** By a notebook with tables, or with data that may have a newer version. */
	grid: ['src/lib/ui/table/TableGrid.svelte', 'src/lib/ui/table/GridToolbar.svelte'],
	pinned: ['src/lib/ui/notebook/PinnedVersions.svelte'],
	explorer: ['src/routes/rapports/[slug]/v/[number]/explorer/+page.svelte'],
	/** So that an editor takes keys. */
	editor: ['src/lib/ui/cell/editor/create-editor.ts']
} as const;

const APP = resolve(`${KIT}/app.js`);
const MESSAGES = `src${sep}lib${sep}paraglide${sep}messages`;
/** Names every message: a module brings those that it names. */
const ALL_MESSAGES = resolve(`${MESSAGES}.js`);

/** Which of the first scripts each module is of. */
function firstScripts(graph: Graph): Map<string, string> {
	const found = new Map<string, string>();
	const seen = new Set<string>();
	for (const [name, entries] of Object.entries(FIRST)) {
		const visit = (id: string): void => {
			if (seen.has(id) || id === ALL_MESSAGES) return;
			seen.add(id);
			// What loads every page: Kit takes a page's styles for another's where it meets this first.
			if (id !== APP) found.set(id, name);
			const { importedIds = [] } = graph.getModuleInfo(id) ?? {};
			importedIds.forEach(visit);
			if (!importedIds.includes(ALL_MESSAGES)) return;
			for (const [, message] of readFileSync(id, 'utf8').matchAll(/\bm\.(\w+)/g))
				if (message) visit(resolve(MESSAGES, `${message}.js`));
		};
		for (const entry of entries) {
			const id = resolve(entry);
			if (!graph.getModuleInfo(id))
				throw new Error(`${relative('.', id)} is no module of the pages`);
			visit(id);
		}
	}
	return found;
}

let first: Map<string, string> | null = null;
const of =
	(name: string) =>
	(id: string, graph: Graph): string | null =>
		(first ??= firstScripts(graph)).get(id) === name ? name : null;

/** Scripts of their own, merged with nothing else. */
const apart = (name: string, priority: number): Groups[number] => ({
	name: of(name),
	debugName: name,
	priority,
	minShareCount: 2,
	entriesAware: true,
	entriesAwareMergeThreshold: 6_000
});

export const sharedScripts: Groups = [
	// Read while other modules load: put together with what imports those, it would be in a circle.
	{
		name: 'regions',
		test: /core[\\/]territory[\\/](?:quebec-regions|region-tiles)\.ts/,
		priority: 7
	},
	{ name: of('frame'), debugName: 'frame', priority: 6 },
	apart('notebook', 5),
	apart('grid', 4),
	apart('pinned', 3),
	apart('explorer', 2),
	apart('editor', 1),
	{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 4_000 }
];
