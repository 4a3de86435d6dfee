/**
 * What the two directions of the Observable Notebooks 2.0 file share: the types of cell that the format defines, and
 * the indent and escape of a source inside its `<script>`. They are those of notebook-kit's own `serialize` and
 * `deserialize`, to the character; docs/notebook-file.md lists what a passage through the file changes.
 */

/** Characters of a file that is worth reading: a notebook of the largest size allowed fits in half of it. */
export const MAX_NOTEBOOK_FILE = 4_000_000;

/** Notebook-kit's types of cell that this product does not run, by the name that a Markdown fence gives them. */
export const FOREIGN_TYPES: ReadonlyMap<string, string> = new Map([
	['text/html', 'html'],
	['application/x-tex', 'tex'],
	['application/sql', 'sql'],
	['text/vnd.graphviz', 'dot'],
	['application/vnd.node.javascript', 'js'],
	['text/x-python', 'python'],
	['text/x-r', 'r'],
	['application/vnd.observable.javascript', 'js'],
	['text/x-typescript', 'ts']
]);

export const MARKDOWN_TYPE = 'text/markdown';
export const SCRIPT_TYPE = 'module';

/** The cell that a file carries for other tools, where the notebook uses `op`; reading leaves it out. */
export const OP_SOURCE = 'const op = aq.op;';

const LINE = /\r\n?|\n/;

/** A source as it stands between `<script …>` and `</script>`. */
export function scriptText(source: string): string {
	const escaped = source.replace(/<(?=\\*\/script(?:\s|>|$))/gi, '<\\');
	const lines = endable(escaped).split(LINE);
	return `\n${lines.map((line) => (line.trim() ? `    ${line}` : '')).join('\n')}\n  `;
}

/** The source that `scriptText` was made from. */
export function sourceOfScript(text: string): string {
	const lines = text.replace(/<\\(?=\\*\/script(?:\s|>))/gi, '<').split(LINE);
	if (/^\s*$/.test(lines[lines.length - 1] ?? '')) lines.pop();
	if (/^\s*$/.test(lines[0] ?? '')) lines.shift();
	return lines.map((line) => line.replace(/^ {4}/, '')).join('\n');
}

/**
 * Two texts that the format cannot hold get a backslash that reading leaves in place; in a JavaScript string it
 * changes nothing. `</script/` ends a script for HTML, but notebook-kit does not escape it. And after `<!--`, a
 * `<script` with no `-->` makes HTML take the cell's own end tag for a part of its text, and the next cells with it.
 */
function endable(source: string): string {
	const text = source.replace(/<(?=\/script\/)/gi, '<\\');
	let opened = -1;
	let swallows = false;
	const marks = /<!--|-->|<script(?=[\t\n\f\r />]|$)/gi;
	for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
		if (mark[0] === '-->') {
			opened = -1;
			swallows = false;
		} else if (mark[0] === '<!--') {
			if (opened < 0) opened = mark.index;
			// `<!-->` opens and closes.
			marks.lastIndex = mark.index + 2;
		} else if (opened >= 0) swallows = true;
	}
	if (!swallows) return text;
	return text.slice(0, opened) + text.slice(opened).replace(/<(?=!--)/g, '<\\');
}
