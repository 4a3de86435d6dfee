import { describe, expect, it } from 'vitest';
import { mergeNotebooks } from '../../../../tests/support/merge-notebooks.ts';
import { seeded } from '../../../../tests/support/seeded.ts';
import type { NotebookChange } from './change.ts';
import { changesBetween, chosenChanges } from './changes-between.ts';
import {
	applyChanges,
	decideChange,
	lackedChanges,
	mergeChange,
	mergeChanges
} from './merge-change.ts';
import { mergeText } from './merge-text.ts';
import { mergeWork } from './merge-work.ts';
import { namesOf, namesTaken } from './names-taken.ts';
import { toCell, toNotebook, type Cell, type Notebook } from './notebook.ts';

interface Chance {
	next: () => number;
	below: (n: number) => number;
	pick: <T>(list: readonly T[]) => T;
	shuffled: <T>(list: readonly T[]) => T[];
}

function chanceOf(seed: number): Chance {
	const next = seeded(seed);
	const below = (n: number): number => Math.floor(next() * n);
	return {
		next,
		below,
		pick: (list) => {
			const one = list[below(list.length)];
			if (one === undefined) throw new Error('nothing to pick from');
			return one;
		},
		shuffled: (list) => {
			const left = [...list];
			const out = [];
			while (left.length) out.push(...left.splice(below(left.length), 1));
			return out;
		}
	};
}

const WORDS = ['un', 'deux', 'trois', 'quatre', '', 'un'];
const text = (chance: Chance): string =>
	Array.from({ length: chance.below(5) }, () => chance.pick(WORDS)).join('\n');
const cell = (chance: Chance, id: string): Cell => ({
	id,
	mode: chance.pick(['md', 'md', 'js']),
	source: text(chance),
	pinned: chance.next() < 0.5
});

function randomNotebook(chance: Chance): Notebook {
	return {
		title: chance.pick(['A', 'B']),
		lang: chance.pick(['fr', 'en']),
		cells: Array.from({ length: chance.below(8) }, (_, i) => cell(chance, `c${String(i)}`))
	};
}

/** @param mark of the side, so that cells that two sides add are told apart */
function edited(chance: Chance, notebook: Notebook, mark: string): Notebook {
	const cells = [...notebook.cells];
	let { title, lang } = notebook;
	for (let n = chance.below(7); n > 0; n--) {
		const at = chance.below(cells.length + 1);
		const there = cells[at];
		switch (chance.below(6)) {
			case 0:
				cells.splice(
					at,
					0,
					cell(
						chance,
						`${chance.pick(['a', 'm', 'z'])}${mark}${String(n)}${String(chance.below(99))}`
					)
				);
				break;
			case 1:
				cells.splice(at, 1);
				break;
			case 2: {
				const [moved] = cells.splice(at, 1);
				if (moved) cells.splice(chance.below(cells.length + 1), 0, moved);
				break;
			}
			case 3:
			case 4:
				if (there) cells[at] = { ...there, source: changedText(chance, there.source) };
				break;
			default:
				if (chance.next() < 0.3) title = `${title}${mark}`;
				else if (n % 3 === 0) lang = 'en';
				else if (there)
					cells[at] = { ...there, pinned: !there.pinned, mode: chance.pick([there.mode, 'md']) };
		}
	}
	return { title, lang, cells };
}

function changedText(chance: Chance, source: string): string {
	const lines = source.split('\n');
	lines.splice(chance.below(lines.length + 1), chance.below(2), `ligne ${String(chance.below(9))}`);
	return lines.join('\n');
}

const SEEDS = Array.from({ length: 1500 }, (_, i) => i + 1);
const ids = ({ cells }: Notebook): string[] => cells.map(({ id }) => id);

/** For each seed; says which one fails. */
function forSeeds(check: (chance: Chance) => void): void {
	for (const seed of SEEDS)
		try {
			check(chanceOf(seed));
		} catch (error) {
			throw new Error(`seed ${String(seed)}`, { cause: error });
		}
}

describe('the changes between two states', () => {
	it('make the later of the earlier, in whatever order they come', () => {
		forSeeds((chance) => {
			const from = randomNotebook(chance);
			const to = edited(chance, from, 't');
			const changes = changesBetween(from, to);
			expect(applyChanges(from, changes)).toEqual(to);
			let notebook = from;
			for (const change of chance.shuffled(changes)) {
				const merged = mergeChange(from, notebook, change, changes);
				expect(merged.conflict).toBeNull();
				notebook = merged.notebook;
				// Accepted twice.
				expect(mergeChange(from, notebook, change, changes).notebook).toEqual(notebook);
			}
			expect(notebook).toEqual(to);
		});
	});

	it('give the same for some of them, in whatever order', () => {
		forSeeds((chance) => {
			const from = randomNotebook(chance);
			const all = changesBetween(from, edited(chance, from, 't'));
			const picked = new Set(all.filter(() => chance.next() < 0.5).map(({ id }) => id));
			const some = chosenChanges(all, (id) => picked.has(id));
			const ways = [some, chance.shuffled(some)].map((list) => {
				let notebook = from;
				for (const change of list) {
					const merged = mergeChange(from, notebook, change, some);
					expect(merged.conflict).toBeNull();
					notebook = merged.notebook;
				}
				return notebook;
			});
			expect(ways[1]).toEqual(ways[0]);
			const gone = new Set(some.flatMap((c) => (c.kind === 'removed' ? [c.cell.id] : [])));
			const come = some.flatMap((c) => (c.kind === 'added' ? [c.cell.id] : []));
			expect(ids(ways[0] ?? from).sort()).toEqual(
				[...ids(from).filter((id) => !gone.has(id)), ...come].sort()
			);
		});
	});

	it('are as few moves as can be, each change once', () => {
		const from = toNotebook({ cells: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })) });
		const to = { ...from, cells: [4, 0, 1, 2, 3].flatMap((i) => from.cells[i] ?? []) };
		expect(changesBetween(from, to)).toMatchObject([{ kind: 'moved', id: 'moved:e', after: null }]);
	});

	it('are told as one reads the later state', () => {
		const from = toNotebook({
			title: 'A',
			cells: [{ id: 'a' }, { id: 'b', source: '1' }, { id: 'c' }]
		});
		const to = toNotebook({
			title: 'B',
			lang: 'en',
			cells: [{ id: 'n' }, { id: 'a', source: '2' }, { id: 'c', pinned: false }]
		});
		expect(changesBetween(from, to).map(({ id }) => id)).toEqual([
			'title',
			'lang',
			'added:n',
			'changed:a',
			'removed:b',
			'changed:c'
		]);
	});
});

describe('two states put together', () => {
	it('lose no cell that a side added or edited, and hold each once', () => {
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const ours = edited(chance, base, 'o');
			const theirs = edited(chance, base, 't');
			const { notebook, conflicts } = mergeNotebooks(base, ours, theirs);
			expect(new Set(ids(notebook)).size).toBe(notebook.cells.length);
			const was = new Map(base.cells.map((one) => [one.id, one]));
			const now = new Map(notebook.cells.map((one) => [one.id, one]));
			for (const side of [ours, theirs])
				for (const one of side.cells) {
					const before = was.get(one.id);
					const changed =
						!before ||
						before.source !== one.source ||
						before.mode !== one.mode ||
						before.pinned !== one.pinned;
					if (changed) expect(now.has(one.id)).toBe(true);
					const other = (side === ours ? theirs : ours).cells.find(({ id }) => id === one.id);
					const alone = !other || (before && other.source === before.source);
					const disputed = conflicts.some(({ id }) => id.endsWith(`:${one.id}`));
					if (changed && alone && !disputed) expect(now.get(one.id)?.source).toBe(one.source);
				}
			// What neither deleted is there.
			for (const { id } of base.cells)
				if (ids(ours).includes(id) && ids(theirs).includes(id)) expect(now.has(id)).toBe(true);
		});
	});

	it('are the one that changed where the other did not', () => {
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const a = edited(chance, base, 'a');
			for (const merged of [
				mergeNotebooks(base, a, a),
				mergeNotebooks(base, a, base),
				mergeNotebooks(base, base, a)
			])
				expect(merged).toEqual({ notebook: a, conflicts: [] });
		});
	});

	it('are the same whose side is asked first, but for what is in conflict', () => {
		let clean = 0;
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const [a, b] = [edited(chance, base, 'a'), edited(chance, base, 'b')];
			const [one, two] = [mergeNotebooks(base, a, b), mergeNotebooks(base, b, a)];
			expect(two.conflicts.map(({ id }) => id.replace(/^.*:/, '')).sort()).toEqual(
				one.conflicts.map(({ id }) => id.replace(/^.*:/, '')).sort()
			);
			expect(ids(two.notebook).sort()).toEqual(ids(one.notebook).sort());
			if (one.conflicts.length > 0) return;
			clean++;
			expect(two.notebook).toEqual(one.notebook);
		});
		expect(clean).toBeGreaterThan(SEEDS.length / 3);
	});

	it('keep the order of what nobody moved', () => {
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const [a, b] = [edited(chance, base, 'a'), edited(chance, base, 'b')];
			const moved = new Set(
				[a, b].flatMap((side) =>
					changesBetween(base, side).flatMap((c) => (c.kind === 'moved' ? [c.cell.id] : []))
				)
			);
			const order = ids(mergeNotebooks(base, a, b).notebook);
			const still = ids(base).filter((id) => order.includes(id) && !moved.has(id));
			expect(order.filter((id) => still.includes(id))).toEqual(still);
		});
	});

	it('hold what accepting every change holds', () => {
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const [ours, theirs] = [edited(chance, base, 'o'), edited(chance, base, 't')];
			const whole = mergeNotebooks(base, ours, theirs);
			const changes = changesBetween(base, theirs);
			const { notebook, conflicts } = mergeChanges(base, ours, changes);
			if (whole.conflicts.length > 0 || conflicts.length > 0) return;
			const bySource = (one: Notebook): string[] =>
				one.cells.map(({ id, source, mode }) => `${id} ${mode} ${source}`).sort();
			expect(bySource(notebook)).toEqual(bySource(whole.notebook));
			// And once more changes nothing.
			expect(mergeChanges(base, notebook, changes).notebook).toEqual(notebook);
		});
	});
});

it('a name that a cell defines is taken where another cell of the notebook defines it', () => {
	const names = namesOf(
		toNotebook({
			cells: [
				{ id: 'a', source: 'const x = 1;' },
				{ id: 'b', source: 'const total = 2;' }
			]
		})
	);
	const cell = toCell({ id: 'c', source: 'const total = 3, y = x;' });
	expect(namesTaken(names, cell)).toEqual(['total']);
	expect(namesTaken(names, { ...cell, id: 'b' })).toEqual([]);
});

describe('what a notebook lacks', () => {
	it('is what would change it or ask a person', () => {
		forSeeds((chance) => {
			const base = randomNotebook(chance);
			const theirs = edited(chance, base, 't');
			const all = changesBetween(base, theirs);
			const some = chosenChanges(all, () => chance.next() < 0.5);
			const taken = mergeChanges(base, edited(chance, base, 'o'), some).notebook;
			const ours = edited(chance, taken, 'p');
			expect(lackedChanges(base, ours, all)).toEqual(
				all.filter((change) => {
					const { notebook, conflict } = mergeChange(base, ours, change, all);
					return notebook !== ours || conflict !== null;
				})
			);
		});
	});
});

describe('a merge has an end', () => {
	it('leaves cells past it to a person, and says that they are lacking', () => {
		const both = (source: string): Notebook =>
			toNotebook({
				cells: ['a', 'b'].map((id) => ({ id, mode: 'md', source }))
			});
		const lines = Array.from({ length: 300 }, (_, i) => `ligne ${String(i)}`);
		const base = both(lines.join('\n'));
		const theirs = both(['leur', ...lines].join('\n'));
		const ours = both(['leur', ...lines, 'nôtre'].join('\n'));
		const all = changesBetween(base, theirs);
		expect(lackedChanges(base, ours, all, mergeWork())).toEqual([]);
		const once = { left: 2_000_000 };
		expect(lackedChanges(base, ours, all, once)).toEqual(all.slice(1));
		expect(once.left).toBeGreaterThanOrEqual(0);
		const none = { left: 0 };
		const apart = both([...lines, 'nôtre'].join('\n'));
		const [change] = all;
		if (!change) throw new Error('nothing changed');
		expect(mergeChange(base, apart, change, all, none)).toMatchObject({
			notebook: apart,
			conflict: { kind: 'edited-both', pieces: [{ kind: 'conflict' }] }
		});
		expect(mergeChange(base, apart, change, all, mergeWork()).conflict).toBeNull();
	});

	it('also of one cell alone: what takes seconds to read is a person’s to decide', () => {
		const code = (lines: number, first: string, last: string): Notebook => {
			const middle = Array.from({ length: lines }, (_, i) => `let a${String(i)} = ${String(i)};`);
			return toNotebook({ cells: [{ id: 'a', source: [first, ...middle, last].join('\n') }] });
		};
		const merged = (lines: number) => {
			const base = code(lines, '1', '1');
			const all = changesBetween(base, code(lines, '2', '1'));
			return mergeChanges(base, code(lines, '1', '2'), all);
		};
		expect(merged(500).conflicts).toEqual([]);
		const { conflicts, notebook } = merged(40_000);
		expect(conflicts).toMatchObject([{ kind: 'edited-both' }]);
		expect(notebook).toEqual(code(40_000, '1', '2'));
	});

	it('also where a cell has more lines than a call may have arguments', () => {
		const many = (line: string): string => `${line}\n`.repeat(300_000);
		const { text, pieces } = mergeText('un\ndeux', `${many('o')}deux`, `un\n${many('t')}`);
		expect(text).toBeNull();
		expect(pieces).toHaveLength(1);
		const side = `un\ndeux\ntrois\n${many('o')}`;
		expect(mergeText('un\ndeux\ntrois\n', `1\ndeux\ntrois\n`, side).text).toBe(
			`1\ndeux\ntrois\n${many('o')}`
		);
	});
});

describe('a conflict', () => {
	const base = toNotebook({
		title: 'T',
		cells: [
			{ id: 'a', mode: 'md', source: 'un\ndeux\ntrois' },
			{ id: 'b', source: '1' },
			{ id: 'c', source: '2' }
		]
	});
	const withSource = (id: string, source: string): Notebook => ({
		...base,
		cells: base.cells.map((one) => (one.id === id ? { ...one, source } : one))
	});
	const without = (id: string): Notebook => ({
		...base,
		cells: base.cells.filter((one) => one.id !== id)
	});
	const only = (changes: NotebookChange[]): NotebookChange => {
		const [change] = changes;
		if (!change || changes.length > 1) throw new Error('one change');
		return change;
	};

	it('of two edits of one line says what each wrote, and keeps ours', () => {
		const [ours, theirs] = [withSource('a', 'un\nDEUX\ntrois'), withSource('a', 'un\n2\ntrois')];
		const { notebook, conflicts } = mergeNotebooks(base, ours, theirs);
		expect(notebook).toEqual(ours);
		expect(conflicts).toMatchObject([
			{
				kind: 'edited-both',
				id: 'changed:a',
				pieces: [
					{ kind: 'clean', items: ['un'] },
					{ kind: 'conflict', base: ['deux'], ours: ['DEUX'], theirs: ['2'] },
					{ kind: 'clean', items: ['trois'] }
				]
			}
		]);
		const change = only(changesBetween(base, theirs));
		expect(mergeChange(base, ours, change)).toMatchObject({
			notebook: ours,
			conflict: { kind: 'edited-both' }
		});
		expect(decideChange(base, ours, change, { take: 'ours' })).toEqual(ours);
		expect(decideChange(base, ours, change, { take: 'theirs' })).toEqual(theirs);
		expect(decideChange(base, ours, change, { take: 'text', text: 'x' }).cells[0]?.source).toBe(
			'x'
		);
	});

	it('of an edit and a deletion keeps the edited cell', () => {
		const [gone, changed] = [without('b'), withSource('b', '9')];
		expect(mergeNotebooks(base, changed, gone)).toMatchObject({
			notebook: changed,
			conflicts: [{ kind: 'edited-deleted', id: 'removed:b' }]
		});
		expect(mergeNotebooks(base, gone, changed)).toMatchObject({
			notebook: changed,
			conflicts: [{ kind: 'deleted-edited', id: 'changed:b' }]
		});
		const remove = only(changesBetween(base, gone));
		expect(mergeChange(base, changed, remove)).toMatchObject({
			notebook: changed,
			conflict: { kind: 'edited-deleted' }
		});
		expect(decideChange(base, changed, remove, { take: 'theirs' })).toEqual(gone);
		const change = only(changesBetween(base, changed));
		expect(mergeChange(base, gone, change)).toMatchObject({
			notebook: gone,
			conflict: { kind: 'deleted-edited' }
		});
		// Taken, it comes back where it stood.
		expect(decideChange(base, gone, change, { take: 'theirs' })).toEqual(changed);
	});

	it('of two moves of one cell says where each put it', () => {
		const order = (...at: number[]): Notebook => ({
			...base,
			cells: at.flatMap((i) => base.cells[i] ?? [])
		});
		const five = toNotebook({ cells: ['p', 'q', 'r', 's', 't'].map((id) => ({ id, source: id })) });
		const moved = (...at: number[]): Notebook => ({
			...five,
			cells: at.flatMap((i) => five.cells[i] ?? [])
		});
		const [ours, theirs] = [moved(1, 2, 0, 3, 4), moved(1, 2, 3, 4, 0)];
		expect(mergeNotebooks(five, ours, theirs).conflicts).toEqual([
			{
				kind: 'moved-both',
				id: 'moved:p',
				ours: five.cells[0],
				oursAfter: 'r',
				theirsAfter: 't'
			}
		]);
		const change = only(changesBetween(five, theirs));
		expect(mergeChange(five, ours, change).conflict?.kind).toBe('moved-both');
		expect(decideChange(five, ours, change, { take: 'theirs' })).toEqual(theirs);
		expect(mergeNotebooks(base, order(1, 0, 2), order(1, 0, 2)).conflicts).toEqual([]);
	});

	it('of two titles, and of one cell that came to both', () => {
		const conflicts = mergeNotebooks(
			base,
			{ ...base, title: 'A', cells: [...base.cells, { ...cellOf('n'), source: '1' }] },
			{ ...base, title: 'B', cells: [...base.cells, { ...cellOf('n'), source: '2' }] }
		).conflicts;
		expect(conflicts.map(({ kind }) => kind).sort()).toEqual(['added-both', 'title']);
	});

	const cellOf = (id: string): Cell => ({ id, mode: 'js', source: '', pinned: true });

	it('of a text that one side made code and the other rewrote is one', () => {
		const made = (mode: 'md' | 'js', source: string): Notebook =>
			toNotebook({ cells: [{ id: 'f', mode, source, pinned: true }] });
		const [from, code, words] = [made('md', 'a'), made('js', 'a'), made('md', 'b c')];
		expect(mergeNotebooks(from, code, words)).toMatchObject({
			notebook: code,
			conflicts: [{ kind: 'edited-both' }]
		});
		expect(mergeNotebooks(from, words, code).conflicts).toHaveLength(1);
		expect(mergeNotebooks(from, made('js', 'b'), from).conflicts).toEqual([]);
	});

	it('of code that lines alone would break is one', () => {
		const set = (source: string): Notebook => toNotebook({ cells: [{ id: 'f', source }] });
		const [from, ours, theirs] = [
			'a;\n\nb;\n\nc;',
			'a;\n\nb;\n\nconst x = 1;',
			'const x = 2;\n\nb;\n\nc;'
		] as const;
		expect(mergeText(from, ours, theirs).text).not.toBeNull();
		expect(mergeNotebooks(set(from), set(ours), set(theirs))).toMatchObject({
			notebook: set(ours),
			conflicts: [{ kind: 'edited-both' }]
		});
	});
});

describe('steps', () => {
	const chain = (...steps: string[]): string =>
		`const t = billets${steps.map((s) => `\n  ${s}`).join('')};`;
	const merge = (b: string, o: string, t: string) => {
		const of = (source: string): Notebook => toNotebook({ cells: [{ id: 's', source }] });
		const { notebook, conflicts } = mergeNotebooks(of(b), of(o), of(t));
		return conflicts.length > 0 ? null : notebook.cells[0]?.source;
	};
	const [filter, other, sort, select] = [
		'.filter(d => d.a > 1)',
		'.filter(d => d.b > 2)',
		'.orderby("a")',
		'.select("a", "b")'
	] as const;

	it('of neighbours are put together, where lines would be in conflict', () => {
		const from = chain(filter, sort);
		const [o, t] = [chain('.filter(d => d.a > 9)', sort), chain(filter, '.orderby("b")')];
		expect(mergeText(from, o, t).text).toBeNull();
		expect(merge(from, o, t)).toBe(chain('.filter(d => d.a > 9)', '.orderby("b")'));
		expect(merge(from, t, o)).toBe(chain('.filter(d => d.a > 9)', '.orderby("b")'));
	});

	it('that filter in one place are both kept, the same from either side', () => {
		const merged = chain(filter, other);
		expect(merge(chain(), chain(filter), chain(other))).toBe(merged);
		expect(merge(chain(), chain(other), chain(filter))).toBe(merged);
		expect(merge(chain(), chain(filter), chain(sort))).toBe(chain(filter, sort));
		// The same one by both is one.
		expect(merge(chain(), chain(filter), chain(filter))).toBe(chain(filter));
	});

	it('whose order matters are for a person', () => {
		expect(merge(chain(), chain(sort), chain('.orderby("b")'))).toBeNull();
		expect(merge(chain(), chain('.filter(d => d.a > op.mean(d.a))'), chain(other))).toBeNull();
		expect(merge(chain(), chain(select), chain(filter))).toBeNull();
		expect(merge(chain(filter), chain(), chain('.filter(d => d.a > 7)'))).toBeNull();
	});

	it('are never doubled by two moves, nor kept by a move where the other deleted', () => {
		const from = chain(select, filter, sort, other);
		expect(
			merge(from, chain(filter, select, sort, other), chain(filter, sort, other, select))
		).toBeNull();
		expect(merge(from, chain(filter, sort, other, select), chain(filter, sort, other))).toBeNull();
	});

	it('with comments between them are left to lines', () => {
		const from = chain(`// pourquoi\n  ${filter}`, sort);
		expect(
			merge(from, from.replace('> 1', '> 9'), from.replace('orderby("a")', 'orderby("b")'))
		).toBeNull();
	});

	it('of other names are put together with the steps', () => {
		const from = chain(filter);
		expect(merge(from, from.replace('const t', 'const u'), chain(filter, sort))).toBe(
			chain(filter, sort).replace('const t', 'const u')
		);
	});
});
