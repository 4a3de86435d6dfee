/**
 * Markdown to HTML for texts that people wrote: text cells, comments, reports. HTML in the source is shown as
 * written, links go only where a link may go, and pictures are not fetched (their alternative text is shown):
 * what this returns can be put in a page.
 */
import { isHeavy } from '../../core/report/text-weight.ts';
import markdownIt, { type MarkdownIt, type RendererRule, type Token } from 'markdown-it';

export interface MarkdownOptions {
	/** How many levels a heading goes down, so that it stands under the page's own; 1 unless told. */
	shift?: number;
	/** Start of the headings' ids, unique in the page; without it headings have none. */
	headingPrefix?: string;
	/** By id, the words for those whom a comment names (`[@Nom](personne:ID)`): told apart where the link says just that. */
	mentions?: ReadonlyMap<string, string>;
}

/** What the rules keep while a text is rendered. */
interface RenderState {
	readonly shift: number;
	readonly headingPrefix: string | undefined;
	count: number;
	readonly mentions: ReadonlyMap<string, string> | undefined;
}

export interface Heading {
	/** 1 to 6, as written. */
	readonly level: number;
	readonly text: string;
}

/** Addresses that a text may point to: the web, mail, this site, this page. */
const SAFE_LINK = /^(?:https?:\/\/|mailto:|#|\/(?!\/)|[^:/?#\\]+(?:[/?#]|$))/i;
const EXTERNAL = /^https?:\/\//i;
const PERSON = /^personne:([0-9a-z]{26})$/;

const md = make();

function make(): MarkdownIt {
	const parser = markdownIt('default', { html: false, linkify: true });
	parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
	parser.validateLink = (url) => SAFE_LINK.test(url.trim()) || PERSON.test(url.trim());
	parser.renderer.rules.image = (tokens, index, options, env, renderer) => {
		const { children } = at(tokens, index);
		const words = renderer.renderInlineAsText(children ?? [], options, env);
		return `<em>${parser.utils.escapeHtml(words)}</em>`;
	};
	parser.renderer.rules.link_open = (tokens, index, options, env, renderer) => {
		const token = at(tokens, index);
		const [, person] = PERSON.exec(String(token.attrGet('href') ?? '')) ?? [];
		if (person !== undefined) {
			const end = tokens.findIndex(({ type }, i) => i > index && type === 'link_close');
			const words = renderer.renderInlineAsText(tokens.slice(index + 1, end), options, env);
			const named = (env as unknown as RenderState).mentions?.get(person);
			return named !== undefined && named === words ? '<span class="mention">' : '<span>';
		}
		if (EXTERNAL.test(String(token.attrGet('href') ?? ''))) {
			token.attrSet('rel', 'noopener noreferrer');
			token.attrJoin('class', 'external');
		}
		return renderer.renderToken(tokens, index, options);
	};
	// Of someone named, a link never opened: what closes it is found by what opened it.
	parser.renderer.rules.link_close = (tokens, index, options, _env, renderer) =>
		isPerson(tokens, index) ? '</span>' : renderer.renderToken(tokens, index, options);
	const heading: RendererRule = (tokens, index, options, env, renderer) => {
		const token = at(tokens, index);
		const here = env as unknown as RenderState;
		const { shift, headingPrefix } = here;
		token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + shift)}`;
		if (token.type === 'heading_open' && headingPrefix) {
			token.attrSet('id', `${headingPrefix}${here.count++}`);
		}
		return renderer.renderToken(tokens, index, options);
	};
	parser.renderer.rules.heading_open = heading;
	parser.renderer.rules.heading_close = heading;
	// A wide table scrolls in its own box, which the keyboard can reach.
	parser.renderer.rules.table_open = () => '<div class="table-scroll" tabindex="0"><table>';
	parser.renderer.rules.table_close = () => '</table></div>';
	return parser;
}

/** Whether the link that closes there names someone: links are never in one another. */
function isPerson(tokens: readonly Token[], close: number): boolean {
	for (let i = close - 1; i >= 0; i--) {
		const token = tokens[i];
		if (token?.type === 'link_open') return PERSON.test(String(token.attrGet('href') ?? ''));
	}
	return false;
}

function at(tokens: readonly Token[], index: number): Token {
	const token = tokens[index];
	if (!token) throw new RangeError('no token there');
	return token;
}

/** HTML of a text; as it is written where it would make a page too heavy. */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
	return renderTamely(source, options) ?? `<pre>${md.utils.escapeHtml(source)}</pre>`;
}

/** HTML of a text; null where it would make a page too heavy: it is not even read as Markdown. */
export function renderTamely(source: string, options: MarkdownOptions = {}): string | null {
	if (isHeavy(source)) return null;
	return md.render(source, {
		shift: options.shift ?? 1,
		headingPrefix: options.headingPrefix,
		mentions: options.mentions,
		count: 0
	});
}

/** The headings of a text, in order; the n-th has the id `headingPrefix + n`. */
export function headingsOf(source: string): Heading[] {
	const tokens = md.parse(source, {});
	return tokens.flatMap((token, index) => {
		if (token.type !== 'heading_open') return [];
		const inline = tokens[index + 1];
		const text = md.renderer.renderInlineAsText(inline?.children ?? [], md.options, {});
		return [{ level: Number(token.tag.slice(1)), text }];
	});
}
