import { describe, expect, it } from 'vitest';
import { toNotebook } from '../core/notebook/notebook.ts';
import type { CellSource } from '../core/protocol/messages.ts';
import { NotebookRun } from './notebook-run.ts';
import type { CellHost, HostReports } from './workspace.svelte.ts';

const NOTEBOOK = toNotebook({
	title: 'Publics',
	cells: [
		{ id: 'b', source: 'const double = a * 2' },
		{ id: 'a', source: 'const a = 1' },
		{ id: 'c', source: 'while (true) {}' },
		{ id: 't', mode: 'md', source: 'Il y en a ${double}.' }
	]
});

/** A run whose worker the test plays. */
async function running() {
	const lists: string[] = [];
	let destroyed = 0;
	let reports: HostReports | null = null;
	const unused = () => {
		throw new Error('not asked for in these tests');
	};
	const host: CellHost = {
		start: () => {},
		setCells: (cells: readonly CellSource[]) =>
			void lists.push(cells.map(({ id }) => id).join(' ')),
		...{ run: unused, stop: unused, input: unused, window: unused, summary: unused },
		...{ look: unused, preview: unused, match: unused, lineage: unused, expand: unused },
		generation: 7,
		setLocale: () => {},
		destroy: () => void destroyed++
	};
	const run = new NotebookRun(NOTEBOOK, (on) => {
		reports = on;
		return host;
	});
	await Promise.resolve();
	await Promise.resolve();
	return {
		run,
		lists,
		last: () => lists.at(-1),
		on: reports as unknown as HostReports,
		ended: () => destroyed
	};
}

describe('a notebook as a value, run', () => {
	it('runs nothing but what is asked for, and what that needs, in the order of the page', async () => {
		const { run, lists, last } = await running();
		expect(run.workspace.cells.map(({ id }) => id)).toEqual(['b', 'a', 'c', 't']);
		expect(last()).toBe('');
		run.want('b');
		expect(last()).toBe('b a');
		run.want('t');
		expect(last()).toBe('b a t');
		const sent = lists.length;
		run.want('t');
		run.want('gone');
		expect(lists.slice(sent)).toEqual(['b a t']);
	});

	it('asked for before its document is there, it runs once that is', async () => {
		const lists: string[] = [];
		const run = new NotebookRun(NOTEBOOK, () => ({
			...({} as CellHost),
			start: () => {},
			setCells: (cells) => void lists.push(cells.map(({ id }) => id).join(' ')),
			destroy: () => {}
		}));
		run.want('b');
		await Promise.resolve();
		await Promise.resolve();
		expect(lists.at(-1)).toBe('b a');
		run.destroy();
	});

	it('shows what its worker says, and ends it', async () => {
		const { run, on, ended } = await running();
		run.want('a');
		const state = { id: 'a', run: 1, state: 'done', ms: 2, error: null, blockedBy: null } as const;
		on.message({ type: 'states', states: [state] });
		expect(run.workspace.cell('a')?.shown).toBe('done');
		expect(run.workspace.host.generation).toBe(7);
		run.destroy();
		expect(ended()).toBe(1);
	});
});
