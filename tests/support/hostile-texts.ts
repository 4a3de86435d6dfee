/**
 * Markdown and HTML that a hostile author could write in a text cell or a comment. Shown by a renderer that lets HTML and
 * any address through, each is seen to do harm in Chromium once it is clicked. `BEACON` and `__ran()`: see
 * `hostile-trees.ts`.
 */
import { BEACON } from './hostile-trees.ts';

export interface HostileText {
	readonly name: string;
	readonly text: string;
	readonly harm: 'script' | 'request';
}

const script = (name: string, text: string): HostileText => ({ name, text, harm: 'script' });
const request = (name: string, text: string): HostileText => ({ name, text, harm: 'request' });

export const HOSTILE_TEXTS: readonly HostileText[] = [
	script('a script', '<script>__ran()</script>'),
	script('a script in a sentence', 'Voici <script>__ran()</script> le résultat'),
	script('an image that fails', '<img src="data:,x" onerror="__ran()">'),
	script('a drawing', '<svg onload="__ran()"><circle r="5"/></svg>'),
	script('details that open', '<details open ontoggle="__ran()">a</details>'),
	script('a frame', '<iframe srcdoc="<script>parent.__ran()</script>"></iframe>'),
	script('a link to a script', '[lire la suite](javascript:__ran())'),
	script('a link to a script, in capitals', '[lire la suite](JaVaScRiPt:__ran())'),
	script('a link to a script, by entities', '[lire la suite](&#106;avascript:__ran())'),
	script('a link to a script, by reference', '[lire la suite][a]\n\n[a]: javascript:__ran()'),
	script('a link to a script, in HTML', '<a href="javascript:__ran()">lire la suite</a>'),
	script('an automatic link to a script', '<javascript:__ran()>'),
	script(
		'an image in a style of a drawing',
		'<svg><style><img src="data:,x" onerror="__ran()"></style></svg>'
	),
	request('a picture', `![un graphique](${BEACON}/markdown-image)`),
	request('a picture by reference', `![un graphique][a]\n\n[a]: ${BEACON}/reference-image`),
	request('a picture in HTML', `<img src="${BEACON}/html-image">`),
	request('a background', `<p style="background:url(${BEACON}/text-background)">a</p>`),
	request('a style sheet', `<link rel="stylesheet" href="${BEACON}/text-link">`),
	request('a style', `<style>@import "${BEACON}/text-import";</style>`),
	request('a frame from elsewhere', `<iframe src="${BEACON}/text-frame"></iframe>`),
	request('a video', `<video poster="${BEACON}/text-poster"></video>`),
	request('a refresh', `<meta http-equiv="refresh" content="0;url=${BEACON}/text-refresh">`),
	request(
		'a form that sends itself',
		`<form action="${BEACON}/text-form"><button autofocus>Continuer</button></form>`
	)
];
