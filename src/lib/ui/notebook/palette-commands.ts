/** What the command palette offers, and how what a person types finds it. */
import type { CellFocus } from '$lib/client/cell-focus.svelte';
import type { NotebookReading } from '$lib/client/notebook-reading.svelte';
import type { Workspace } from '$lib/client/workspace.svelte';
import { foldedText } from '$lib/core/folded-text';
import { CELL_KINDS, type CellKind } from '$lib/core/notebook/kind';
import { forkCompareAddress } from '$lib/core/notebook/version-ref';
import { m } from '$lib/paraglide/messages';
import { kindName } from '../cell/cell-words.ts';
import type { OfferedDataset } from './NewCellMenu.svelte';
import { outlineOf, type OutlineEntry } from './outline.ts';
import { TEMPLATES, type TemplateId } from './template-list.ts';

export interface Command {
	/** Unique in the palette. */
	readonly id: string;
	readonly group: string;
	readonly label: string;
	readonly hint?: string;
	/** Found by, beside its label. */
	readonly words?: string;
	readonly keys?: string;
	readonly run: () => void;
}

/** What the page does: null where this person may not. */
export interface PageActions {
	/** Null where there is nothing to take back, or to do again. */
	readonly undo: (() => void) | null;
	readonly redo: (() => void) | null;
	readonly outline: () => void;
	readonly present: () => void;
	readonly history: () => void;
	readonly exportFile: () => void;
	readonly share: (() => void) | null;
	readonly lineage: () => void;
	/** Opens the discussions. */
	readonly discuss: () => void;
	readonly keys: () => void;
	readonly intentions: () => void;
	/** Goes to another page, by its French address. */
	readonly visit: (path: string) => void;
	readonly foldSections: () => void;
	readonly goTo: (entry: OutlineEntry) => void;
	readonly add: ((kind: CellKind) => void) | null;
	readonly addData: ((dataset: OfferedDataset) => void) | null;
	readonly addTemplate: ((template: TemplateId) => void) | null;
}

export interface PaletteParts {
	readonly workspace: Workspace;
	readonly focus: CellFocus;
	readonly reading: NotebookReading;
	readonly datasets: readonly OfferedDataset[];
	readonly writable: boolean;
	readonly notebook: {
		readonly id: string;
		/** What it was copied from; `href` is null where the reader may not open it. */
		readonly lineage: { readonly href: string | null } | null;
	};
	readonly actions: PageActions;
}

export function commandsOf({
	workspace,
	reading,
	datasets,
	writable,
	notebook,
	actions
}: PaletteParts): Command[] {
	const { add, addData, addTemplate, share, visit } = actions;
	const here = `/carnets/${notebook.id}`;
	const doing = (
		id: string,
		label: string,
		run: () => void,
		more: Pick<Command, 'hint' | 'words' | 'keys'> = {}
	): Command => ({ id, group: m.palette_group_do(), label, run, ...more });
	return [
		workspace.idle
			? doing('run', m.palette_run_all(), () => workspace.runAll())
			: doing('stop', m.palette_stop_all(), () => workspace.stop()),
		...(actions.undo ? [doing('undo', m.notebook_undo(), actions.undo, { keys: 'Ctrl Z' })] : []),
		...(actions.redo
			? [doing('redo', m.notebook_redo(), actions.redo, { keys: m.notebook_redo_keys() })]
			: []),
		doing('outline', m.outline_title(), actions.outline, { words: m.palette_words_outline() }),
		doing('present', m.present_start(), actions.present, { words: m.palette_words_present() }),
		doing(
			'code',
			reading.hidesCode ? m.code_show_all() : m.code_hide_all(),
			() => reading.setHidesCode(!reading.hidesCode),
			{ words: m.palette_words_code() }
		),
		doing('fold', m.fold_all(), actions.foldSections, { words: m.palette_words_fold() }),
		...(reading.anyFolded
			? [
					doing('unfold', m.unfold_all(), () => reading.unfoldAll(), {
						words: m.palette_words_fold()
					})
				]
			: []),
		doing('history', m.history_title(), actions.history, { words: m.palette_words_history() }),
		doing('export', m.notebook_export(), actions.exportFile, { hint: m.notebook_export_hint() }),
		...(share ? [doing('share', m.share_button(), share)] : []),
		...(writable ? [doing('publish', m.notebook_publish(), () => visit(`${here}/publier`))] : []),
		doing('discuss', m.discuss_title(), actions.discuss, { words: m.palette_words_discuss() }),
		doing('lineage', m.lineage_title(), actions.lineage, { words: m.palette_words_lineage() }),
		...(notebook.lineage
			? [doing('compare', m.lineage_compare_origin(), () => visit(forkCompareAddress(notebook.id)))]
			: []),
		...(notebook.lineage?.href && writable
			? [
					doing('propose', m.proposal_make(), () => visit(`${here}/proposer`)),
					doing('take-in', m.proposal_take(), () => visit(`${here}/reprendre`))
				]
			: []),
		...(writable
			? [doing('proposals', m.proposal_list(), () => visit(`${here}/propositions`))]
			: []),
		doing('intentions', m.learn_open(), actions.intentions, {
			keys: 'F1',
			words: m.learn_words()
		}),
		doing('keys', m.notebook_keys(), actions.keys, { keys: '?' }),
		doing('help', m.palette_help(), () => visit('/aide')),
		...(add
			? CELL_KINDS.filter((kind) => kind !== 'data').map((kind) => ({
					id: `add-${kind}`,
					group: m.palette_group_add(),
					label: kindName(kind),
					words: m.notebook_add(),
					run: () => add(kind)
				}))
			: []),
		...(addData
			? datasets.map((dataset) => ({
					id: `data-${dataset.file}`,
					group: m.palette_group_add(),
					label: m.palette_data({ title: dataset.title }),
					hint: dataset.file,
					words: m.notebook_add(),
					run: () => addData(dataset)
				}))
			: []),
		...(addTemplate
			? TEMPLATES.map(({ id, label, hint }) => ({
					id: `template-${id}`,
					group: m.palette_group_template(),
					label: label(),
					hint: hint(),
					words: m.notebook_add(),
					run: () => addTemplate(id)
				}))
			: []),
		...outlineOf(workspace.cells).map((entry) => ({
			id: `go-${entry.key}`,
			group: m.palette_group_go(),
			label: entry.name,
			hint: kindName(entry.kind),
			run: () => actions.goTo(entry)
		}))
	];
}

/** A long list is not read: what is typed narrows it. */
const SHOWN = 60;

/** Those in which each word that was typed begins a word, whatever its accents; then those that hold it anywhere. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
	const words = foldedText(typed).split(' ').filter(Boolean);
	const scored = commands.flatMap((command, i) => {
		const label = foldedText(command.label);
		const all = ` ${foldedText([command.label, command.hint, command.group, command.words].filter(Boolean).join(' ')).replace(/['«»()]/g, ' ')}`;
		if (!words.every((word) => all.includes(word))) return [];
		const begins = words.every((word) => all.includes(` ${word}`));
		const named = words.length > 0 && label.startsWith(words[0] ?? '');
		return [{ command, i, rank: named ? 0 : begins ? 1 : 2 }];
	});
	if (words.length > 0) scored.sort((a, b) => a.rank - b.rank || a.i - b.i);
	return scored.slice(0, SHOWN).map(({ command }) => command);
}
