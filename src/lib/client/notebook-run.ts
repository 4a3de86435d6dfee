/**
 * A notebook as a value, run in a worker of this page and never changed: what a version, a copy or a proposal gives. Only
 * the cells that are asked for run, with those that they need; files are asked for with the reader's own rights.
 */
import * as Y from 'yjs';
import { writeNotebook } from '../collab/document.ts';
import { neededCells } from '../core/analysis/needed-cells.ts';
import type { Lang, Notebook } from '../core/notebook/notebook.ts';
import type { CellSource } from '../core/protocol/messages.ts';
import { watchDark } from './colour-scheme.ts';
import { loadFile } from './dataset-files.ts';
import { SandboxHost } from './sandbox-host.ts';
import { Workspace, type CellHost, type MakeHost } from './workspace.svelte.ts';

export class NotebookRun {
	readonly workspace: Workspace;
	readonly #wanted = new Set<string>();
	#cells: readonly CellSource[] = [];
	#host: CellHost | null = null;

	constructor(notebook: Notebook, makeHost: MakeHost) {
		const doc = new Y.Doc();
		writeNotebook(doc, notebook);
		this.workspace = new Workspace({
			connection: { doc, opened: Promise.resolve() },
			host: (on) => {
				const host = makeHost(on);
				this.#host = host;
				return limited(host, (cells) => {
					this.#cells = cells;
					this.#send();
				});
			}
		});
	}

	/** Runs a cell, with those that it needs; once is enough. */
	want(cell: string): void {
		if (this.#wanted.has(cell)) return;
		this.#wanted.add(cell);
		this.#send();
	}

	destroy(): void {
		this.workspace.destroy();
	}

	#send(): void {
		const needed = neededCells(this.#cells, this.#wanted);
		this.#host?.setCells(this.#cells.filter(({ id }) => needed.has(id)));
	}
}

/** The host, but that the list of cells goes elsewhere. */
const limited = (host: CellHost, setCells: CellHost['setCells']): CellHost => ({
	setCells,
	start: () => host.start(),
	run: (cells) => host.run(cells),
	stop: (cell) => host.stop(cell),
	input: (control, value) => host.input(control, value),
	window: (table, offset, count, columns) => host.window(table, offset, count, columns),
	summary: (table) => host.summary(table),
	look: (shown) => host.look(shown),
	preview: (cell) => host.preview(cell),
	match: (shown, other, on) => host.match(shown, other, on),
	get generation() {
		return host.generation;
	},
	lineage: (table) => host.lineage(table),
	expand: (handle) => host.expand(handle),
	setLocale: (lang, dark) => host.setLocale(lang, dark),
	destroy: () => host.destroy()
});

interface Shared {
	readonly run: NotebookRun;
	readonly end: () => void;
	users: number;
}
/** One worker a notebook, whoever shows cells of it. */
const shared = new WeakMap<Notebook, Shared>();

export interface OpenRun {
	readonly run: NotebookRun;
	/** The worker ends with the last one who uses it. */
	close(): void;
}

/** Browser only. @param notebook the same value is the same worker */
export function openRun(notebook: Notebook, lang: Lang): OpenRun {
	const held = shared.get(notebook) ?? begin(notebook, lang);
	shared.set(notebook, held);
	held.users++;
	let closed = false;
	return {
		run: held.run,
		close() {
			if (closed) return;
			closed = true;
			if (--held.users > 0) return;
			shared.delete(notebook);
			held.end();
		}
	};
}

function begin(notebook: Notebook, lang: Lang): Shared {
	const container = document.createElement('div');
	container.style.cssText = 'position:absolute;inline-size:0;block-size:0;overflow:hidden';
	container.setAttribute('aria-hidden', 'true');
	document.body.append(container);
	let dark = false;
	let unwatch = watchDark((now) => (dark = now));
	unwatch();
	const run = new NotebookRun(
		notebook,
		(on) =>
			new SandboxHost({
				...{ container, lang, dark, loadFile },
				on: on.message,
				onLost: (loss) => on.replaced(loss.code),
				onFailed: (error) => on.failed(error.code)
			})
	);
	unwatch = watchDark((now) => run.workspace.host.setLocale(lang, now));
	return {
		run,
		users: 0,
		end() {
			unwatch();
			run.destroy();
			container.remove();
		}
	};
}
