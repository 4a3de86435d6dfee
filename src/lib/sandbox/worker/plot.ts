/**
 * Observable Plot for cells: the same namespace, drawn on a write-only document, so that a cell never passes (or meets)
 * one. A chart leaves the worker as a `Picture`, made of data alone.
 */
// Before Plot: it makes its number formatter when it loads.
import { currentLocale, restoreIntl, useLocale } from './chart-locale.ts';
import * as Plot from '@observablehq/plot';
import type { PictureNode } from '../../core/chart/picture.ts';
import type { Lang } from '../../core/notebook/notebook.ts';
import { LIMITS, type Picture } from '../../core/protocol/messages.ts';
import { PictureTooLarge, toTree, WriteDocument, WriteElement } from './dom.ts';
import { DrawnGroups, noteDrawn } from './drawn-groups.ts';
import { Drawn } from './picture-data.ts';
import { plottable } from './plottable.ts';
import { readableAxes } from './readable-axes.ts';
import { noteTip, Tips } from './tips.ts';

export { MissingColumn } from './plottable.ts';
export { PictureTooLarge };

restoreIntl();

type Options = Record<string, unknown>;
type PlotFunction = (...args: unknown[]) => unknown;

let lang: Lang = 'fr';
/** What each chart drew, for « voir les données ». */
const drawn = new WeakMap<WriteElement, Drawn>();
/** What can be read at its points. */
const pointed = new WeakMap<WriteElement, Tips>();

const isObject = (value: unknown): value is Options => typeof value === 'object' && value !== null;

const newDocument = () => new WriteDocument(LIMITS.pictureNodes + 2_000);

const listOf = (marks: unknown): unknown[] => (Array.isArray(marks) ? (marks as unknown[]) : []);
const flatMarks = (marks: readonly unknown[]): unknown[] =>
	marks.flat(Infinity).filter((mark) => mark != null);

function plot(options: unknown): unknown {
	useLocale(lang);
	const given: Options = isObject(options) ? options : {};
	const record = new Drawn();
	const groups = new DrawnGroups();
	const tips = new Tips(lang);
	const facet = isObject(given.facet)
		? { facet: { ...given.facet, data: plottable(given.facet.data) } }
		: {};
	const whole = {
		...given,
		...facet,
		marks: listOf(given.marks).flatMap((marks, place) =>
			flatMarks([marks]).map((mark) => {
				if (mark instanceof Plot.Mark)
					return tips.watch(mark, groups.watch(record.watch(mark), place));
				groups.watchCode();
				return mark;
			})
		),
		document: newDocument()
	} as unknown as Plot.PlotOptions;
	const figure = tips.while(() => Plot.plot(whole)) as unknown as WriteElement;
	const better = readableAxes(figure, given);
	if (better) return plot(better);
	drawn.set(figure, record);
	pointed.set(figure, tips);
	noteDrawn(figure, groups);
	return figure;
}

function legend(options: unknown): unknown {
	useLocale(lang);
	const given: Options = isObject(options) ? options : {};
	return Plot.legend({ ...given, document: newDocument() } as unknown as Plot.LegendOptions);
}

// `Plot.dot(…).plot()` and `Plot.marks(…).plot()`.
Plot.Mark.prototype.plot = function (this: unknown, options: unknown = {}) {
	const given: Options = isObject(options) ? options : {};
	return plot({ ...given, marks: [...listOf(given.marks), this] });
} as unknown as typeof Plot.Mark.prototype.plot;

let namespace: Readonly<Record<string, unknown>> | null = null;

/** The `Plot` of cells, whose charts are in this language by default. Calling it again changes the language. */
export function makePlot(language: Lang): Readonly<Record<string, unknown>> {
	lang = language;
	return (namespace ??= makeNamespace());
}

function makeNamespace(): Readonly<Record<string, unknown>> {
	const out: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(Plot))
		out[name] =
			typeof value === 'function' && /^[a-z]/.test(name)
				? // Marks and transforms take their data first: a table is handed over column by column.
					(...args: unknown[]) => {
						const made = (value as PlotFunction)(
							...(args.length ? [plottable(args[0]), ...args.slice(1)] : args)
						);
						if (made instanceof Plot.Mark) noteTip(made, args.at(-1));
						return made;
					}
				: value;
	const inLocale =
		(make: PlotFunction): PlotFunction =>
		(locale, ...rest) =>
			make(locale ?? currentLocale(), ...rest);
	out.formatNumber = inLocale(Plot.formatNumber as PlotFunction);
	out.formatMonth = inLocale(Plot.formatMonth as PlotFunction);
	out.formatWeekday = inLocale(Plot.formatWeekday as PlotFunction);
	out.plot = plot;
	out.legend = legend;
	return Object.freeze(out);
}

// ---------------------------------------------------------------- a drawn chart, as data

const FIGURE_TEXT = { h2: 'title', h3: 'subtitle', figcaption: 'caption' } as const;
const ARIA = ['aria-label', 'aria-description'] as const;

/**
 * The value as a picture, or null when it is not a drawn chart or legend. Throws `PictureTooLarge` when it
 * is more than a page can show.
 */
export function toPicture(value: unknown): Picture | null {
	if (!(value instanceof WriteElement) || !/^(svg|figure|div)$/.test(value.tagName)) return null;
	const texts = { title: '', subtitle: '', caption: '' };
	const isFigureText = (tag: string): tag is keyof typeof FIGURE_TEXT =>
		Object.hasOwn(FIGURE_TEXT, tag);

	const tips = pointed.get(value);
	let at = 0;
	const parts: WriteElement[] = value.tagName === 'figure' ? value.children : [value];
	const shown: PictureNode[] = [];
	const size = new Size();
	let aria = ['', ''];
	for (const part of parts) {
		if (isFigureText(part.tagName)) {
			texts[FIGURE_TEXT[part.tagName]] = part.textContent.slice(0, LIMITS.textChars);
			continue;
		}
		if (part.hasAttribute('aria-label') || part.hasAttribute('aria-description'))
			aria = ARIA.map((name) => part.getAttribute(name) ?? '');
		const tree = size.check(toTree(part, isPartOfPicture));
		// What it is called is told beside the picture, not in it.
		if (typeof tree !== 'string') {
			const attributes = Object.entries(tree[1]).filter(([name]) => !name.startsWith('aria-'));
			const children = tree.slice(2) as PictureNode[];
			if (part === tips?.svg) at = shown.length;
			shown.push([tree[0], Object.fromEntries(attributes), ...children]);
		}
	}
	const [label = '', description = ''] = aria;
	const record = drawn.get(value);
	return {
		tree: ['div', {}, ...shown],
		...texts,
		description: (description || label).slice(0, LIMITS.textChars),
		data: record?.tables() ?? [],
		marks: record?.marks ?? 0,
		tips: tips?.picture(at, ...sizeOf(tips.svg)) ?? null
	};
}

/** The width and height of a drawing, in its own units. */
function sizeOf(svg: unknown): [width: number, height: number] {
	const side = (name: string) =>
		(svg instanceof WriteElement && Number(svg.getAttribute(name))) || 0;
	return [side('width'), side('height')];
}

/** Plot's own style sheets are the page's to give; its warning sign points to a console that readers don't have. */
const isPartOfPicture = (element: WriteElement): boolean =>
	element.tagName !== 'style' &&
	!(element.tagName === 'text' && /^\u26a0\ufe0f\S* ?[\d,]+ warnings?\./.test(element.textContent));

/** Counts a picture's nodes and characters, and says Plot's few own words in the reader's language. */
class Size {
	#nodes = 1;
	#chars = 0;

	#spend(nodes: number, chars: number): void {
		this.#nodes += nodes;
		this.#chars += chars;
		if (this.#nodes > LIMITS.pictureNodes) throw new PictureTooLarge('marks', LIMITS.pictureNodes);
		// A margin for what JSON adds is the guard's: it counts characters too.
		if (this.#chars > LIMITS.pictureBytes) throw new PictureTooLarge('bytes', LIMITS.pictureBytes);
	}

	check(node: PictureNode): PictureNode {
		if (typeof node === 'string') {
			this.#spend(1, node.length);
			return lang === 'fr' ? node.replace(/^([↑←] )?Frequency\b/, '$1Fréquence') : node;
		}
		const [tag, attributes, ...children] = node;
		let chars = tag.length;
		for (const [name, value] of Object.entries(attributes)) chars += name.length + value.length;
		this.#spend(1, chars);
		return [tag, attributes, ...children.map((child) => this.check(child))];
	}
}
