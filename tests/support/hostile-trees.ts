/**
 * Pictures that a hostile cell could send. The unit tests clear them, and the attack tests draw them in a browser, once
 * cleared and once as they are. `BEACON` stands for an address where a listener counts who calls; a script that runs
 * calls `__ran()`.
 */
import type { PictureNode } from '../../src/lib/core/chart/picture.ts';

export const BEACON = 'http://beacon.invalid';

export interface HostileTree {
	readonly name: string;
	readonly tree: PictureNode;
	/** Drawn as it is, and clicked, it is seen to do harm in Chromium: a script that runs, or a request. */
	readonly harm?: 'script' | 'request';
}

type Attributes = Readonly<Record<string, string>>;
const svg = (...children: PictureNode[]): PictureNode => [
	'svg',
	{ width: '10', height: '10' },
	...children
];
const rect = (attributes: Attributes): PictureNode => [
	'rect',
	{ width: '10', height: '10', ...attributes }
];
const scriptText = '__ran()';
const url = (path: string) => `${BEACON}/${path}`;

export const HOSTILE_TREES: readonly HostileTree[] = [
	{ name: 'a script', tree: svg(['script', {}, scriptText]), harm: 'script' },
	{
		name: 'a script from elsewhere',
		tree: svg(['script', { href: url('script') }]),
		harm: 'request'
	},
	{ name: 'a script in HTML', tree: ['div', {}, ['script', {}, scriptText]], harm: 'script' },
	{ name: 'an onload', tree: ['svg', { onload: scriptText }, rect({})], harm: 'script' },
	{
		name: 'an onerror',
		tree: ['div', {}, ['img', { src: 'data:,x', onerror: scriptText }]],
		harm: 'script'
	},
	{
		name: 'an onbegin',
		tree: svg(['animate', { onbegin: scriptText, attributeName: 'x', dur: '1s' }]),
		harm: 'script'
	},
	{
		name: 'an ontoggle',
		tree: ['details', { ontoggle: scriptText, open: '' }, 'a'],
		harm: 'script'
	},
	{
		name: 'an onfocus',
		tree: ['input', { onfocus: scriptText, autofocus: '' }]
	},
	{
		name: 'a foreignObject',
		tree: svg(['foreignObject', {}, ['img', { src: 'data:,x', onerror: scriptText }]]),
		harm: 'script'
	},
	{
		name: 'a frame with its document',
		tree: ['iframe', { srcdoc: '<script>parent.__ran()</script>' }],
		harm: 'script'
	},
	{ name: 'a frame from elsewhere', tree: ['iframe', { src: url('iframe') }], harm: 'request' },
	{
		name: 'a script address in a frame',
		tree: ['iframe', { src: 'javascript:parent.__ran()' }],
		harm: 'script'
	},
	{ name: 'an object', tree: ['object', { data: url('object') }], harm: 'request' },
	{ name: 'an embed', tree: ['embed', { src: url('embed') }], harm: 'request' },
	{ name: 'an HTML image', tree: ['div', {}, ['img', { src: url('img') }]], harm: 'request' },
	{ name: 'a set of images', tree: ['img', { srcset: `${url('srcset')} 1x` }], harm: 'request' },
	{ name: 'an image', tree: svg(['image', { href: url('image') }]), harm: 'request' },
	{
		name: 'an image by its old name',
		tree: svg(['image', { 'xlink:href': url('xlink') }]),
		harm: 'request'
	},
	{
		name: 'an SVG image in a data address',
		tree: svg(['image', { href: `data:image/svg+xml,<svg onload="__ran()"/>` }])
	},
	{
		name: 'a filter image',
		tree: svg(
			['filter', { id: 'f' }, ['feImage', { href: url('fe-image') }]],
			rect({ filter: 'url(#f)' })
		),
		harm: 'request'
	},
	{ name: 'a use from elsewhere', tree: svg(['use', { href: url('use#a') }]) },
	{
		name: 'a set that writes an address',
		tree: svg(['image', {}, ['set', { attributeName: 'href', to: url('set') }]]),
		harm: 'request'
	},
	{
		name: 'a style element',
		tree: ['div', {}, ['style', {}, `@import "${url('import')}";`]],
		harm: 'request'
	},
	{
		name: 'a style element in SVG',
		tree: svg([
			'style',
			{},
			`rect { background: url(${url('style')}) } svg { background: url(${url('style')}) }`
		]),
		harm: 'request'
	},
	{ name: 'a link', tree: ['link', { rel: 'stylesheet', href: url('link') }], harm: 'request' },
	{
		name: 'a preload',
		tree: ['link', { rel: 'preload', as: 'image', href: url('preload') }],
		harm: 'request'
	},
	{
		name: 'a meta refresh',
		tree: ['meta', { 'http-equiv': 'refresh', content: `0;url=${url('meta')}` }]
	},
	{
		name: 'a base',
		tree: ['div', {}, ['base', { href: url('') }], ['img', { src: 'base' }]],
		harm: 'request'
	},
	{
		name: 'a background',
		tree: ['div', { style: `background: url(${url('background')})` }, 'a'],
		harm: 'request'
	},
	{
		name: 'a background whose name is escaped',
		tree: ['div', { style: `background: u\\72 l("${url('escaped')}")` }, 'a'],
		harm: 'request'
	},
	{
		name: 'a background behind a comment',
		tree: ['div', { style: `color:red;/*;*/background-image: url(${url('comment')})` }, 'a'],
		harm: 'request'
	},
	{
		name: 'an image set',
		tree: ['div', { style: `background: image-set("${url('image-set')}" 1x)` }, 'a'],
		harm: 'request'
	},
	{
		name: 'a list bullet',
		tree: ['li', { style: `list-style-image: url(${url('bullet')})` }, 'a'],
		harm: 'request'
	},
	{ name: 'a cursor', tree: svg(rect({ cursor: `url(${url('cursor')}), auto` })) },
	{ name: 'a paint from elsewhere', tree: svg(rect({ fill: `url(${url('fill#a')})` })) },
	{ name: 'an escaped paint', tree: svg(rect({ fill: `u\\72 l(${url('fill-escaped#a')})` })) },
	{
		name: 'a mask from elsewhere',
		tree: svg(rect({ mask: `url(${url('mask#a')})` })),
		harm: 'request'
	},
	{
		name: 'a filter from elsewhere',
		tree: svg(rect({ filter: `url(${url('filter#a')})` }))
	},
	{
		name: 'a clip from elsewhere',
		tree: svg(rect({ 'clip-path': `url(${url('clip#a')})` })),
		harm: 'request'
	},
	{
		name: 'a marker from elsewhere',
		tree: svg(['path', { d: 'M0,0L9,9', 'marker-end': `url(${url('marker#a')})` }])
	},
	{
		name: 'a video',
		tree: ['video', { poster: url('poster'), src: url('video') }],
		harm: 'request'
	},
	{
		name: 'a form',
		tree: ['form', { action: url('form') }, ['button', { formaction: url('formaction') }, 'a']],
		harm: 'request'
	},
	{
		name: 'a link to follow',
		tree: svg(['a', { href: url('a'), ping: url('ping') }, ['text', {}, 'a']]),
		harm: 'request'
	},
	{
		name: 'a script address to follow',
		tree: svg(['a', { 'xlink:href': 'javascript:__ran()' }, rect({})]),
		harm: 'script'
	},
	{
		name: 'a cover over the page',
		tree: ['div', { style: 'position:fixed;inset:0;z-index:9999', class: 'fixed inset-0' }]
	},
	{
		name: 'an HTML element in a title',
		tree: svg(['title', {}, ['img', { src: 'data:,x', onerror: scriptText }]])
	},
	{
		name: 'markup in a text',
		tree: ['div', {}, '<img src=x onerror=__ran()>']
	},
	{
		name: 'markup in an attribute',
		tree: svg(['path', { d: '"><img src=x onerror=__ran()>', class: '"><script>__ran()</script>' }])
	},
	{ name: 'markup in a tag', tree: ['div><script>__ran()</script', {}] },
	{ name: 'markup in a name', tree: ['div', { 'a><script>__ran()</script': '' }] },
	{ name: 'a name in capitals', tree: svg(['SCRIPT', {}, scriptText]) },
	{ name: 'a name with its prefix', tree: svg(['svg:script', {}, scriptText]) },
	{
		name: 'a mutating nest',
		tree: ['svg', {}, ['desc', {}, ['style', {}, '</style><img src=x onerror=__ran()>']]]
	},
	{
		name: 'a MathML nest',
		tree: ['math', {}, ['mtext', {}, ['style', {}, '<img src=x onerror=__ran()>']]]
	},
	{
		name: 'a template with a shadow',
		tree: ['template', { shadowrootmode: 'open' }, ['script', {}, scriptText]]
	},
	{
		name: 'an inherited name',
		tree: ['constructor', { constructor: 'a', toString: 'b', ['__proto__']: 'c' }]
	}
];
