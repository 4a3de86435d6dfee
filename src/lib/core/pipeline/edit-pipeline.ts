/**
 * Changes to a cell's steps as changes to its text. Each touches the text of the steps that it is about, and nothing
 * else: other steps keep their form and their comments. A comment stands with the step that follows it, one at the end
 * of a line with the step before it.
 *
 * Each function reads the source itself, and answers with no edit where there is nothing to do: the source is no list
 * of steps, or there is no such step.
 */
import { readChain, skipBlank, type ChainCall } from './chain.ts';
import { parseSource } from '../analysis/syntax.ts';
import { OFF_CLOSE, OFF_OPEN, printOff } from './off-comment.ts';
import { parsePipeline } from './parse-pipeline.ts';
import { printText } from './print-expression.ts';
import { printCalls } from './print-step.ts';
import { callEdits, inOrder } from './edit-call.ts';
import type { Pipeline, PlacedStep, Step, TextEdit } from './step.ts';

/** A step that is put into a source: code brings its own text, `.verb(…)`. */
export type NewStep =
	Exclude<Step, { kind: 'code' }> | { readonly kind: 'code'; readonly text: string };

/** What ends a line, and a comment in it. */
const LINE_BREAK = /[\n\r\u2028\u2029]/;
/** Wider chains are broken into lines. */
const WIDTH = 80;

/** @param edits of one source: none reaches into another */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
	let text = '';
	let at = 0;
	for (const edit of inOrder(edits)) {
		text += source.slice(at, edit.at) + edit.insert;
		at = Math.max(at, edit.at + edit.length);
	}
	return text + source.slice(at);
}

const insertion = (at: number, insert: string): TextEdit => ({ at, length: 0, insert });
const replacement = (from: number, to: number, insert: string): TextEdit => ({
	at: from,
	length: to - from,
	insert
});

/** A step with the comments that belong to it. */
interface Piece {
	readonly placed: PlacedStep | null;
	/** From the blank before its comments to behind the comment at the end of its line. */
	readonly from: number;
	readonly to: number;
	/** It ends with a `//` comment: what follows needs a line of its own. */
	readonly open: boolean;
}

class Pieces {
	readonly source: string;
	readonly pipeline: Pipeline;
	/** What the chain begins with, then its steps. */
	readonly list: readonly Piece[];
	readonly lineBreak: string;

	constructor(source: string, pipeline: Pipeline) {
		this.source = source;
		this.pipeline = pipeline;
		this.lineBreak = source.includes('\r\n') ? '\r\n' : '\n';
		const list: Piece[] = [
			{ placed: null, from: pipeline.headFrom, ...tail(source, pipeline.headTo) }
		];
		for (const placed of pipeline.steps)
			list.push({ placed, from: list.at(-1)?.to ?? 0, ...tail(source, placed.to) });
		this.list = list;
	}

	step(index: number): Piece | null {
		return Number.isInteger(index) && index >= 0 ? (this.list[index + 1] ?? null) : null;
	}

	/** The blank that stands before a step's own line, or null where it follows on the line. */
	#lead({ from, placed }: Piece): string | null {
		const before = placed ? this.source.slice(from, placed.from) : '';
		const line = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'));
		return line < 0 ? null : (/^[^\S\n\r]*/.exec(before.slice(line + 1))?.[0] ?? '');
	}

	/** How far in calls stand that begin a line. */
	indent(index: number): string {
		const steps = this.list.slice(1);
		const near = [...steps.slice(0, index).reverse(), ...steps.slice(index)];
		for (const piece of near) {
			const lead = this.#lead(piece);
			if (lead !== null) return lead;
		}
		const start = this.source.lastIndexOf('\n', this.pipeline.headFrom) + 1;
		const base = /^[ \t]*/.exec(this.source.slice(start))?.[0] ?? '';
		return `${base}${base.startsWith('\t') ? '\t' : '  '}`;
	}

	/** Calls with what stands before them: a line for each, or on the chain's own line where all others are. */
	lines(index: number, calls: readonly string[]): string {
		const indent = this.indent(index);
		const own = calls.map((text) => this.indented(text, indent));
		const steps = this.list.slice(1);
		const inline = steps.length > 0 && steps.every((piece) => this.#lead(piece) === null);
		if (inline) {
			const start = this.source.lastIndexOf('\n', this.pipeline.headFrom) + 1;
			const end = this.source.indexOf('\n', start);
			const width = (end < 0 ? this.source.length : end) - start + own.join('').length;
			if (width <= WIDTH && !own.some((text) => text.includes('\n'))) return own.join('');
		}
		return own.map((text) => `${this.lineBreak}${indent}${text}`).join('');
	}

	/** Printed calls stand two spaces in. */
	indented(text: string, indent: string): string {
		return text.replaceAll('\n  ', `${this.lineBreak}${indent}`);
	}

	/** Text put behind a piece, with the lines that comments need. */
	behind(left: Piece, text: string, open = false): TextEdit {
		const indent = this.indent(this.list.indexOf(left));
		const before = left.open && !LINE_BREAK.test(text.charAt(0)) ? this.lineBreak + indent : '';
		const after = open && !this.#breaks(left.to) ? this.lineBreak + indent : '';
		return insertion(left.to, before + text + after);
	}

	#breaks(at: number): boolean {
		return at >= this.source.length || LINE_BREAK.test(this.source.charAt(at));
	}

	/** A piece taken out, with what comes before and after it put together. */
	without(index: number): TextEdit | null {
		const piece = this.step(index);
		const before = this.list[index];
		if (!piece || !before) return null;
		const needs = before.open && !this.#breaks(piece.to);
		return replacement(piece.from, piece.to, needs ? this.lineBreak + this.indent(index) : '');
	}

	text({ from, to }: Piece): string {
		return this.source.slice(from, to);
	}

	/** A file's table is waited for before a verb is called on it. */
	awaited(): TextEdit[] {
		const { head, headFrom, headTo, headText, steps } = this.pipeline;
		if (head.kind !== 'file' || headText.startsWith('(') || steps.some(({ off }) => !off))
			return [];
		const wait = headText.startsWith('await') ? '(' : '(await ';
		return [insertion(headFrom, wait), insertion(headTo, ')')];
	}
}

/** How far what ends at `from` reaches: with the comments behind it that end its line. */
function tail(source: string, from: number): { to: number; open: boolean } {
	let to = from;
	let open = false;
	for (let at = from; ;) {
		while (/[^\S\n\r]/.test(source.charAt(at))) at++;
		const two = source.slice(at, at + 2);
		if (two !== '//' && two !== '/*') break;
		if (two === '/*' && source.startsWith(OFF_OPEN.trimEnd(), at)) break;
		let end = at;
		skipBlank(source.slice(0, endOfComment(source, at)), at, (_, close) => (end = close));
		if (LINE_BREAK.test(source.slice(at, end))) break;
		at = end;
		// A comment that a step follows on the same line is that step's.
		const next = /^[^\S\n\r]*(.?)/.exec(source.slice(at))?.[1] ?? '';
		if (two === '//' || next === '' || next === ';') {
			to = at;
			open = two === '//';
		}
		if (two === '//') break;
	}
	return { to, open };
}

function endOfComment(source: string, at: number): number {
	if (source.startsWith('/*', at)) {
		const close = source.indexOf('*/', at + 2);
		return close < 0 ? source.length : close + 2;
	}
	const line = /[\n\r\u2028\u2029]/g;
	line.lastIndex = at;
	return line.exec(source)?.index ?? source.length;
}

function open(source: string): Pieces | null {
	const pipeline = parsePipeline(source);
	return pipeline ? new Pieces(source, pipeline) : null;
}

/** The calls of a text `.a(…).b(…)`, by their places in it; null where it is no such text. */
function callsOf(text: string): readonly ChainCall[] | null {
	try {
		const chain = readChain(`x\n${text}`);
		if (!chain || chain.headTo !== 1 || chain.offs.length) return null;
		return chain.calls.map((call) => ({ ...call, from: call.from - 2, to: call.to - 2 }));
	} catch {
		return null;
	}
}

/** A step's calls; none where a code's text is no calls. */
function textsOf(step: NewStep): string[] {
	if (step.kind !== 'code') return printCalls(step);
	const text = step.text.trim();
	return isCalls(text) ? [text] : [];
}

/** Whether a text is calls of a chain and nothing else, so that it can stand in one. */
export function isCalls(text: string): boolean {
	try {
		const { root, expression } = parseSource(`x\n${text}`);
		return (
			expression &&
			root.type === 'CallExpression' &&
			root.start === 0 &&
			root.end === text.length + 2 &&
			/^\.\s*[\p{ID_Start}$_]/u.test(text)
		);
	} catch {
		return false;
	}
}

/** Puts another step in the place of one. Calls that stay the same keep their form. */
export function replaceStep(source: string, index: number, step: NewStep): TextEdit[] {
	const pieces = open(source);
	const placed = pieces?.step(index)?.placed;
	const texts = textsOf(step);
	if (!pieces || !placed || !texts.length) return [];
	const indent = pieces.indent(index);
	const next = texts.map((text) => pieces.indented(text, indent));
	const calls = placed.step.kind === 'code' ? null : callsOf(placed.text);
	const edits =
		calls && step.kind !== 'code'
			? callEdits(placed.text, calls, placed.step, step, next, `${pieces.lineBreak}${indent}`)
			: [replacement(0, placed.text.length, next.join(`${pieces.lineBreak}${indent}`))];
	if (placed.off)
		return edits.length
			? [replacement(placed.from, placed.to, printOff(applyEdits(placed.text, edits)))]
			: [];
	return edits.map((edit) => ({ ...edit, at: edit.at + placed.from }));
}

/** Puts a step before the one at `index`; at the end where `index` is the number of steps. */
export function insertStep(source: string, index: number, step: NewStep): TextEdit[] {
	const pieces = open(source);
	const left = pieces?.list[index];
	const texts = textsOf(step);
	if (!pieces || !left || !texts.length) return [];
	return [...pieces.awaited(), pieces.behind(left, pieces.lines(index, texts))];
}

export function removeStep(source: string, index: number): TextEdit[] {
	const gone = open(source)?.without(index);
	return gone ? [gone] : [];
}

/** Moves a step with its comments; it then stands at `to` among all of them. */
export function moveStep(source: string, from: number, to: number): TextEdit[] {
	const pieces = open(source);
	const piece = pieces?.step(from);
	// Behind which piece it comes, the head being the first.
	const left = pieces?.list[to > from ? to + 1 : to];
	const gone = pieces?.without(from);
	if (!pieces || !piece || !left || !gone || from === to || !pieces.step(to)) return [];
	return inOrder([gone, pieces.behind(left, pieces.text(piece), piece.open)]);
}

/** Puts the same step once more behind itself. */
export function duplicateStep(source: string, index: number): TextEdit[] {
	const pieces = open(source);
	const piece = pieces?.step(index);
	if (!pieces || !piece?.placed) return [];
	const { from, to } = piece.placed;
	const before = source.slice(piece.from, from);
	const lead = /^\s*/.exec(before)?.[0] ?? '';
	return [pieces.behind(piece, lead + source.slice(from, to))];
}

/** Switches a step off or on again: its text goes into a comment, or comes out of one. */
export function setStepOff(source: string, index: number, off: boolean): TextEdit[] {
	const pieces = open(source);
	const placed = pieces?.step(index)?.placed;
	if (!pieces || !placed || placed.off === off) return [];
	const { from, to, text } = placed;
	if (!off) return [...pieces.awaited(), replacement(from, to, text)];
	return printOff(text) === `${OFF_OPEN}${text}${OFF_CLOSE}`
		? [insertion(from, OFF_OPEN), insertion(to, OFF_CLOSE)]
		: [replacement(from, to, printOff(text))];
}

/** What the steps begin with: a table of the notebook, or a file. */
export function setHead(
	source: string,
	head: Exclude<Pipeline['head'], { kind: 'code' }>
): TextEdit[] {
	const pipeline = parsePipeline(source);
	if (!pipeline || (head.kind === 'table' && !isName(head.name))) return [];
	const { headFrom, headTo, headText, steps } = pipeline;
	const file = head.kind === 'file' ? `FileAttachment(${printText(head.file)}).arquero()` : '';
	const waits = steps.some(({ off }) => !off);
	const text = head.kind === 'table' ? head.name : waits ? `(await ${file})` : file;
	return text === headText ? [] : [replacement(headFrom, headTo, text)];
}

/** Whether a name can be a cell's. */
function isName(name: string): boolean {
	try {
		const { root, expression } = parseSource(`const ${name} = 0`);
		return (
			!expression &&
			root.end === name.length + 10 &&
			/^[\p{ID_Continue}$\u200c\u200d]+$/u.test(name)
		);
	} catch {
		return false;
	}
}

/** Gives the cell's table a name, or takes it away, so that the cell shows it. */
export function setName(source: string, name: string | null): TextEdit[] {
	const pipeline = parsePipeline(source);
	if (!pipeline || pipeline.name === name || (name !== null && !isName(name))) return [];
	const chain = readChain(source);
	if (!chain) return [];
	const start = skipBlank(source, 0);
	const end = skipBlank(source, chain.end);
	if (chain.name && name !== null) return [replacement(chain.name.from, chain.name.to, name)];
	if (name !== null) {
		const edits = [insertion(start, `const ${name} = `)];
		if (end >= source.length) edits.push(insertion(chain.end, ';'));
		return edits;
	}
	if (!chain.name) return [];
	const equals = skipBlank(source, chain.name.to);
	const edits = [replacement(start, skipBlank(source, equals + 1), '')];
	// With its semicolon, it would be a statement, and show nothing.
	let close = end;
	while (source.charAt(close) === ')') close = skipBlank(source, close + 1);
	if (source.charAt(close) === ';') edits.push(replacement(close, close + 1, ''));
	return edits;
}
