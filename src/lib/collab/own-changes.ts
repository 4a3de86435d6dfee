/**
 * What one person changed in a notebook since their page opened, in order, to be taken back and done again: changes to
 * the notebook as a whole (cells added, moved, deleted, their kind, their pin, the title) and to the texts of its cells.
 * Nothing of anyone else's is taken back: where another has changed the same thing since, theirs stays.
 * Knows no transport.
 */
import * as Y from 'yjs';
import { cellText, fillFields, readFields, type CellFields } from './document.ts';

/** Changes that are remembered: older ones are let go. */
const MAX_CHANGES = 500;

export interface TakenBack {
	/** The cell that it was in, or that came, went or moved; null where it was the notebook's own. */
	readonly cell: string | null;
	/** Cells whose words may have changed with it, to be run. */
	readonly cells: readonly string[];
}

interface Change {
	/** null for what is taken back by other means than a manager. */
	readonly manager: Y.UndoManager | null;
	/** Which of its manager's items: it may have been taken back by other means. */
	readonly item: object;
	readonly cells: readonly string[];
	/** Those of its cells as they last stood before it was made, taken back or done again. */
	readonly fields?: ReadonlyMap<string, CellFields>;
	readonly takeBack?: () => unknown;
}

export class OwnChanges {
	/** Origin of the transactions that change the notebook as a whole. */
	readonly origin = Symbol('own change');
	readonly #doc: Y.Doc;
	readonly #whole: Y.UndoManager;
	readonly #listeners = new Set<() => void>();
	#done: Change[] = [];
	#undone: Change[] = [];
	/** Those not made here that were taken back by other means. */
	readonly #gone = new WeakSet<Change>();
	/** What happens now is this class's doing, or a part of a change that is counted as one. */
	#still = false;
	/** The cells of the change to the whole that is being made. */
	#touched: readonly string[] = [];
	#stood: ReadonlyMap<string, CellFields> = new Map();

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#whole = new Y.UndoManager([doc.getMap('cells'), doc.getMap('meta')], {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: 0,
			deleteFilter: (item) => mayGo(doc, item)
		});
		this.#count(this.#whole, () => this.#touched);
	}

	get canUndo(): boolean {
		return this.#last(this.#done, 'undoStack') !== null;
	}
	get canRedo(): boolean {
		return this.#last(this.#undone, 'redoStack') !== null;
	}

	/** Calls back whenever there may be another thing to take back or do again; answers how to stop. */
	onChange(heard: () => void): () => void {
		this.#listeners.add(heard);
		return () => void this.#listeners.delete(heard);
	}

	/** Makes a change to the notebook as a whole: one, whatever it is made of. */
	make<T>(doc: Y.Doc, cells: readonly string[], change: () => T): T {
		this.#touched = cells;
		this.#stood = fieldsOf(doc, cells);
		return doc.transact(change, this.origin);
	}

	/**
	 * Counts what a manager keeps among the changes. While its cells are gone there is nothing to take back.
	 * @param cells those whose words it keeps
	 */
	track(manager: Y.UndoManager, cells: readonly string[]): void {
		this.#count(manager, () => cells);
	}

	#count(manager: Y.UndoManager, cells: () => readonly string[]): void {
		manager.on('stack-item-added', ({ stackItem, type }: { stackItem: object; type: string }) => {
			if (this.#still || type !== 'undo') return;
			const fields = manager === this.#whole ? this.#stood : undefined;
			this.#done.push({ manager, item: stackItem, cells: cells(), ...(fields && { fields }) });
			if (this.#done.length > MAX_CHANGES) this.#done.shift();
			this.#undone = [];
			this.#tell();
		});
		// Taken back in an editor or a panel.
		manager.on('stack-item-popped', () => {
			if (!this.#still) this.#tell();
		});
	}

	/** Others took cells away, or brought some back: what there is to take back may be another thing. */
	othersMoved(): void {
		this.#tell();
	}

	/**
	 * Several managers keep parts of what is one change: it is counted as what `whole` keeps.
	 * @param whole keeps all of it; made before the change
	 */
	together(whole: Y.UndoManager, cells: readonly string[], change: () => void): void {
		this.#still = true;
		try {
			change();
		} finally {
			this.#still = false;
		}
		const item = whole.undoStack.at(-1);
		if (!item) return;
		this.#done.push({ manager: whole, item, cells });
		this.#undone = [];
		this.#tell();
	}

	/**
	 * Counts a change that was not made here (the server's, at this person's asking). It is not done again.
	 * @param takeBack where it answers a promise that rejects, it could not be done: the change stays, to be taken back again
	 * @returns what lets it go, once it was taken back by other means
	 */
	beside(takeBack: () => unknown): () => void {
		const change: Change = { manager: null, item: takeBack, cells: [], takeBack };
		this.#done.push(change);
		this.#undone = [];
		this.#tell();
		return () => {
			this.#gone.add(change);
			this.#done = this.#done.filter((other) => other !== change);
			this.#tell();
		};
	}

	/** Takes the latest change back; null where there is none left. */
	undo(): TakenBack | null {
		return this.#step('undoStack');
	}

	/** Does the latest that was taken back again; null where there is none. */
	redo(): TakenBack | null {
		return this.#step('redoStack');
	}

	destroy(): void {
		this.#whole.destroy();
		this.#listeners.clear();
	}

	#step(stack: 'undoStack' | 'redoStack'): TakenBack | null {
		const undoes = stack === 'undoStack';
		for (;;) {
			const from = undoes ? this.#done : this.#undone;
			const change = this.#last(from, stack);
			if (!change) {
				// Others have changed since all that there was to take back.
				this.#tell();
				return null;
			}
			from.pop();
			const { manager, cells } = change;
			if (!manager) {
				this.#ask(change);
				this.#tell();
				return { cell: null, cells };
			}
			const before = change.fields && new Map([...change.fields, ...fieldsOf(this.#doc, cells)]);
			this.#still = true;
			try {
				// Others have changed all of it since: the one before is taken back.
				if (!popOnly(manager, stack, change.item)) continue;
				// Yjs sets nothing again that another set meanwhile, also where theirs went with the cell.
				if (before)
					this.#doc.transact(() =>
						before.forEach((fields, id) => fillFields(this.#doc, id, fields))
					);
			} finally {
				this.#still = false;
			}
			const item = manager[undoes ? 'redoStack' : 'undoStack'].at(-1);
			// A cell that went took what was typed in it along: these are other lists by now.
			const to = undoes ? this.#undone : this.#done;
			if (item) to.push({ ...change, item, ...(before && { fields: before }) });
			this.#tell();
			return { cell: cells[0] ?? null, cells };
		}
	}

	/** Has a change taken back by who counted it; one that could not be is back where it was. */
	#ask(change: Change): void {
		const at = this.#done.length;
		Promise.resolve(change.takeBack?.()).catch(() => {
			if (this.#gone.has(change)) return;
			this.#done.splice(at, 0, change);
			this.#tell();
		});
	}

	/** The latest that its manager still has; those that went by other means, or with their cells, are let go. */
	#last(list: Change[], stack: 'undoStack' | 'redoStack'): Change | null {
		for (let change = list.at(-1); change; change = list.at(-1)) {
			const kept: readonly object[] | undefined = change.manager?.[stack];
			if (!kept || (kept.includes(change.item) && this.#stands(change))) return change;
			list.pop();
		}
		return null;
	}

	/** Words are taken back where they are; a cell that went is what the notebook's own changes bring back. */
	#stands({ manager, cells }: Change): boolean {
		return manager === this.#whole || cells.some((id) => cellText(this.#doc, id) !== null);
	}

	#tell(): void {
		for (const heard of this.#listeners) heard();
	}
}

const fieldsOf = (doc: Y.Doc, cells: readonly string[]): Map<string, CellFields> =>
	new Map(
		cells.flatMap((id) => {
			const fields = readFields(doc, id);
			return fields.size > 0 ? [[id, fields] as const] : [];
		})
	);

/**
 * Takes back one of a manager's items, and none before it: where nothing is left of one, the manager alone would go on
 * to its older ones, before what was done elsewhere meanwhile. Those after it are parts of what was taken back already.
 * @returns whether anything came of it
 */
function popOnly(manager: Y.UndoManager, stack: 'undoStack' | 'redoStack', item: object): boolean {
	const other = stack === 'undoStack' ? 'redoStack' : 'undoStack';
	const at = manager[stack].findIndex((kept) => kept === item);
	const older = manager[stack].slice(0, at);
	const before = manager[other];
	manager[stack] = manager[stack].slice(at);
	// It looks through both for what is its own, and adds at the end.
	manager[other] = [...older, ...before];
	try {
		return (stack === 'undoStack' ? manager.undo() : manager.redo()) !== null;
	} finally {
		manager[stack] = older;
		manager[other] = [...before, ...manager[other].slice(older.length + before.length)];
	}
}

/**
 * Whether what this person set may be deleted to take it back. A cell that they made, or brought back, stays whole where
 * others wrote in it since. A cell's place and kind and the title are set again to what they were; where another set
 * them at the same moment, that is not done, and without a value the cell would stand nowhere: what is there stays.
 */
function mayGo(doc: Y.Doc, item: Y.Item): boolean {
	const cells = doc.getMap('cells');
	if (item.parentSub !== null && item.parent !== cells) return false;
	let at: Y.Item | null = item;
	while (at && at.parent !== cells) at = (at.parent as Y.AbstractType<unknown>)._item;
	const text = at?.parentSub ? cellText(doc, at.parentSub) : null;
	for (let word = text?._start ?? null; word; word = word.right)
		if (!word.deleted && word.countable && word.id.client !== doc.clientID) return false;
	return true;
}
