/**
 * A document that can only be written: just what Plot and its selections ask of one, to build a tree that is then
 * read as data (`toTree`). It parses nothing, lays nothing out, runs no script and loads nothing; selectors are a tag,
 * a class or `*`.
 */
import { PixelCanvas } from './png.ts';
import type { PictureNode } from '../../core/chart/picture.ts';

const XHTML = 'http://www.w3.org/1999/xhtml';

/** A chart has more elements than a page can show. */
export class PictureTooLarge extends Error {
	override readonly name = 'PictureTooLarge';
	readonly what: 'marks' | 'bytes';
	readonly limit: number;
	constructor(what: 'marks' | 'bytes', limit: number) {
		super(`picture too large: more than ${limit} ${what}`);
		this.what = what;
		this.limit = limit;
	}
}

/** What a style attribute says, kept in the order it was written; names in kebab case. */
class InlineStyle {
	readonly #rules: Map<string, string>;
	constructor(rules: Map<string, string>) {
		this.#rules = rules;
	}
	setProperty(name: string, value: unknown): void {
		this.#rules.set(String(name), String(value));
	}
	removeProperty(name: string): void {
		this.#rules.delete(String(name));
	}
	getPropertyValue(name: string): string {
		return this.#rules.get(String(name)) ?? '';
	}
}

const kebab = (name: string) =>
	name.startsWith('--') ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `style.maxWidth = …` and `Object.assign(element.style, {…})` write properties that are not methods. */
function makeStyle(rules: Map<string, string>): InlineStyle {
	return new Proxy(new InlineStyle(rules), {
		get: (style, key) => {
			const value: unknown = Reflect.get(style, key, style);
			if (typeof value === 'function') return value.bind(style) as unknown;
			return typeof key === 'string' ? style.getPropertyValue(kebab(key)) : undefined;
		},
		set: (style, key, value) => {
			if (typeof key !== 'string') return false;
			if (value == null || value === '') style.removeProperty(kebab(key));
			else style.setProperty(kebab(key), value);
			return true;
		}
	});
}

function parseStyle(text: string): Map<string, string> {
	const rules = new Map<string, string>();
	for (const rule of text.split(';')) {
		const colon = rule.indexOf(':');
		if (colon > 0) rules.set(rule.slice(0, colon).trim(), rule.slice(colon + 1).trim());
	}
	return rules;
}

export class WriteText {
	readonly nodeType = 3;
	parentNode: WriteElement | null = null;
	textContent: string;
	constructor(text: string) {
		this.textContent = text;
	}
	remove(): void {
		this.parentNode?.removeChild(this);
	}
	cloneNode(): WriteText {
		return new WriteText(this.textContent);
	}
}

type WriteNode = WriteElement | WriteText;

export class WriteElement {
	readonly nodeType = 1;
	readonly ownerDocument: WriteDocument;
	readonly namespaceURI: string;
	readonly tagName: string;
	parentNode: WriteElement | null = null;
	childNodes: WriteNode[] = [];
	/** True, so that a static tip measures itself in the microtask that follows, and not on a frame. */
	readonly isConnected = true;
	readonly #attributes = new Map<string, string>();
	#rules: Map<string, string> | null = null;
	#style: InlineStyle | null = null;

	constructor(document: WriteDocument, namespace: string, tag: string) {
		this.ownerDocument = document;
		this.namespaceURI = namespace;
		this.tagName = tag;
	}

	get nodeName(): string {
		return this.tagName;
	}
	get className(): string {
		return this.getAttribute('class') ?? '';
	}
	set className(value: string) {
		this.setAttribute('class', value);
	}
	get id(): string {
		return this.getAttribute('id') ?? '';
	}
	set id(value: string) {
		this.setAttribute('id', value);
	}
	get style(): InlineStyle {
		this.#rules ??= new Map();
		this.#style ??= makeStyle(this.#rules);
		return this.#style;
	}
	set style(text: unknown) {
		this.#rules = parseStyle(String(text));
		this.#style = null;
	}

	setAttribute(name: string, value: unknown): void {
		if (name === 'style') this.style = value;
		else this.#attributes.set(String(name), String(value));
	}
	setAttributeNS(_: string | null, name: string, value: unknown): void {
		this.setAttribute(name.slice(name.indexOf(':') + 1), value);
	}
	getAttribute(name: string): string | null {
		if (name === 'style') return this.#styleText() || null;
		return this.#attributes.get(name) ?? null;
	}
	getAttributeNS(_: string | null, name: string): string | null {
		return this.getAttribute(name);
	}
	hasAttribute(name: string): boolean {
		return this.getAttribute(name) !== null;
	}
	removeAttribute(name: string): void {
		if (name === 'style') this.style = '';
		else this.#attributes.delete(name);
	}
	removeAttributeNS(_: string | null, name: string): void {
		this.removeAttribute(name);
	}
	#styleText(): string {
		if (!this.#rules) return '';
		return [...this.#rules].map(([name, value]) => `${name}: ${value}`).join('; ');
	}
	/** Every attribute, style included. */
	get attributes(): Record<string, string> {
		const out = Object.fromEntries(this.#attributes);
		const style = this.#styleText();
		if (style) out.style = style;
		return out;
	}

	get children(): WriteElement[] {
		return this.childNodes.filter((node) => node instanceof WriteElement);
	}
	get firstChild(): WriteNode | null {
		return this.childNodes[0] ?? null;
	}
	get lastChild(): WriteNode | null {
		return this.childNodes.at(-1) ?? null;
	}
	get firstElementChild(): WriteElement | null {
		return this.children[0] ?? null;
	}
	get nextSibling(): WriteNode | null {
		const siblings = this.parentNode?.childNodes ?? [];
		return siblings[siblings.indexOf(this) + 1] ?? null;
	}
	get textContent(): string {
		return this.childNodes.map((node) => node.textContent).join('');
	}
	set textContent(value: unknown) {
		for (const node of this.childNodes) node.parentNode = null;
		this.childNodes = [];
		const text = value == null ? '' : String(value);
		if (text) this.appendChild(new WriteText(text));
	}

	appendChild<T extends WriteNode>(node: T): T {
		node.parentNode?.removeChild(node);
		node.parentNode = this;
		this.childNodes.push(node);
		return node;
	}
	insertBefore<T extends WriteNode>(node: T, next: WriteNode | null): T {
		if (!next) return this.appendChild(node);
		node.parentNode?.removeChild(node);
		const at = this.childNodes.lastIndexOf(next);
		node.parentNode = this;
		this.childNodes.splice(at < 0 ? this.childNodes.length : at, 0, node);
		return node;
	}
	removeChild<T extends WriteNode>(node: T): T {
		const at = this.childNodes.lastIndexOf(node);
		if (at >= 0) this.childNodes.splice(at, 1);
		node.parentNode = null;
		return node;
	}
	append(...nodes: unknown[]): void {
		for (const node of nodes)
			this.appendChild(
				node instanceof WriteElement || node instanceof WriteText
					? node
					: new WriteText(String(node))
			);
	}
	remove(): void {
		this.parentNode?.removeChild(this);
	}
	replaceWith(node: WriteNode): void {
		this.parentNode?.insertBefore(node, this);
		this.remove();
	}
	cloneNode(deep = false): WriteElement {
		const copy = this.ownerDocument.createElementNS(this.namespaceURI, this.tagName);
		for (const [name, value] of this.#attributes) copy.setAttribute(name, value);
		if (this.#rules) copy.style = this.#styleText();
		if (deep) for (const node of this.childNodes) copy.appendChild(node.cloneNode(true));
		return copy;
	}
	/** 4: the other one comes later among the same parent's children; 2: earlier. */
	compareDocumentPosition(other: WriteNode): number {
		const siblings = this.parentNode?.childNodes ?? [];
		return siblings.indexOf(this) < siblings.indexOf(other) ? 4 : 2;
	}

	matches(selector: string): boolean {
		if (selector === '*') return true;
		if (selector.startsWith('.')) return this.className.split(' ').includes(selector.slice(1));
		return this.tagName === selector;
	}
	*#found(selector: string): Generator<WriteElement> {
		for (const node of this.childNodes)
			if (node instanceof WriteElement) {
				if (node.matches(selector)) yield node;
				yield* node.#found(selector);
			}
	}
	querySelector(selector: string): WriteElement | null {
		for (const found of this.#found(selector)) return found;
		return null;
	}
	querySelectorAll(selector: string): WriteElement[] {
		return [...this.#found(selector)];
	}

	/** An estimate, for static tips: ten-pixel type, one line a direct tspan. */
	getBBox(): { x: number; y: number; width: number; height: number } {
		const text = this.tagName === 'text' ? this : (this.querySelector('text') ?? this);
		const lines = text.children.filter((child) => child.tagName === 'tspan');
		const longest = Math.max(
			0,
			...(lines.length ? lines : [text]).map((l) => l.textContent.length)
		);
		return { x: 0, y: 0, width: longest * 5.6, height: Math.max(1, lines.length) * 10 };
	}

	// Nothing ever happens in this document.
	addEventListener(): void {}
	removeEventListener(): void {}
	dispatchEvent(): boolean {
		return true;
	}
}

class QuietEvent {
	readonly type: string;
	constructor(type: string) {
		this.type = type;
	}
}

export class WriteDocument {
	readonly documentElement: WriteElement;
	readonly defaultView = { Event: QuietEvent };
	/** Elements made so far. */
	#made = 0;
	readonly #limit: number;

	/** `limit`: elements that one picture may have. */
	constructor(limit: number) {
		this.#limit = limit;
		this.documentElement = new WriteElement(this, XHTML, 'html');
	}
	createElementNS(namespace: string, tag: string): WriteElement {
		if (++this.#made > this.#limit) throw new PictureTooLarge('marks', this.#limit);
		return new WriteElement(this, namespace, tag);
	}
	createElement(tag: string): WriteElement | PixelCanvas {
		return tag === 'canvas' ? new PixelCanvas() : this.createElementNS(XHTML, tag);
	}
	createTextNode(text: unknown): WriteText {
		return new WriteText(String(text));
	}
}

/** The element as data; `rename` may change or drop (null) an element by its tag. */
export function toTree(
	element: WriteElement,
	keep: (element: WriteElement) => boolean = () => true
): PictureNode {
	const children: PictureNode[] = [];
	for (const node of element.childNodes)
		if (node instanceof WriteText) {
			if (node.textContent) children.push(node.textContent);
		} else if (keep(node)) children.push(toTree(node, keep));
	return [element.tagName, element.attributes, ...children];
}
