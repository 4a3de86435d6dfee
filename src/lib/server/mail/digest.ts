/** The words of the daily e-mail, in the language of who it is for: as text, and as simple HTML of the same. */
import {
	isOfProposal,
	type Notification,
	type NotificationKind
} from '../../core/annotation/notification.ts';
import type { Lang } from '../../core/notebook/notebook.ts';

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
	/** Where a mail program posts to stop them. */
	readonly unsubscribe: string;
}

export interface Digest {
	readonly to: string;
	readonly lang: Lang;
	/** Of the installation: links are of it. */
	readonly origin: string;
	/** The newest first; never empty. */
	readonly told: readonly Notification[];
	readonly stop: { readonly page: string; readonly oneClick: string };
}

/** Told in one e-mail; of the rest, how many there are. */
const MOST = 30;

interface Words {
	readonly subject: (n: number) => string;
	readonly lead: string;
	readonly did: Readonly<Record<NotificationKind, (by: string) => string>>;
	readonly quoted: (excerpt: string) => string;
	readonly more: (n: number) => string;
	readonly see: string;
	readonly why: string;
	readonly stop: string;
	readonly untitled: string;
	readonly notebook: string;
	/** Under a notebook's, before the proposal's id. */
	readonly proposal: string;
}

const NBSP = '\u00a0';
/** Not messages of the pages: an e-mail is written by the server, which knows who it is for and not who asks. */
const WORDS: Readonly<Record<Lang, Words>> = {
	fr: {
		subject: (n) =>
			n === 1
				? `Carnet commun${NBSP}: une nouvelle pour vous`
				: `Carnet commun${NBSP}: ${n} nouvelles pour vous`,
		lead: 'Voici ce qui s’est passé dans vos carnets et que vous n’avez pas encore lu.',
		did: {
			mention: (by) => `${by} vous mentionne dans une discussion`,
			reply: (by) => `${by} a répondu dans une discussion où vous êtes`,
			thread: (by) => `${by} a ouvert une discussion dans votre carnet`,
			resolved: (by) => `${by} a réglé une discussion que vous aviez ouverte`,
			proposal: (by) => `${by} propose des changements à un carnet que vous modifiez`,
			decision: (by) => `${by} a répondu à ce que vous aviez proposé`,
			'proposal-comment': (by) => `${by} a écrit à propos d’une proposition qui vous concerne`,
			'proposal-mention': (by) => `${by} vous mentionne à propos d’une proposition`
		},
		quoted: (excerpt) => `«${NBSP}${excerpt}${NBSP}»`,
		more: (n) => (n === 1 ? 'Et une autre.' : `Et ${n} autres.`),
		see: 'Ouvrir',
		why: 'Vous recevez ce courriel une fois par jour au plus, quand il y a du nouveau.',
		stop: 'Ne plus le recevoir',
		untitled: 'Carnet sans titre',
		notebook: '/carnets/',
		proposal: '/propositions/'
	},
	en: {
		subject: (n) =>
			n === 1 ? 'Carnet commun: news for you' : `Carnet commun: ${n} pieces of news for you`,
		lead: 'Here is what happened in your notebooks that you have not read yet.',
		did: {
			mention: (by) => `${by} mentioned you in a discussion`,
			reply: (by) => `${by} replied in a discussion that you are in`,
			thread: (by) => `${by} started a discussion in your notebook`,
			resolved: (by) => `${by} resolved a discussion that you had started`,
			proposal: (by) => `${by} proposes changes to a notebook that you edit`,
			decision: (by) => `${by} answered what you had proposed`,
			'proposal-comment': (by) => `${by} wrote about a proposal that concerns you`,
			'proposal-mention': (by) => `${by} mentioned you about a proposal`
		},
		quoted: (excerpt) => `“${excerpt}”`,
		more: (n) => (n === 1 ? 'And one more.' : `And ${n} more.`),
		see: 'Open',
		why: 'You get this email once a day at most, when there is news.',
		stop: 'Stop getting it',
		untitled: 'Untitled notebook',
		notebook: '/en/notebooks/',
		proposal: '/proposals/'
	}
};

export function digestOf({ to, lang, origin, told, stop }: Digest): Mail {
	const words = WORDS[lang];
	const shown = told.slice(0, MOST).map((one) => ({
		did: words.did[one.kind](one.by),
		title: one.notebookTitle || words.untitled,
		excerpt: one.excerpt === '' ? '' : words.quoted(one.excerpt),
		link: `${origin}${words.notebook}${encodeURIComponent(one.notebookId)}${subjectPath(one, words.proposal)}`
	}));
	const rest = told.length - shown.length;
	const page = lang === 'en' ? stop.page.replace('/courriels/', '/en/mail/') : stop.page;
	const text = [
		words.lead,
		...shown.map(({ did, title, excerpt, link }) =>
			[did, title, excerpt, link].filter((line) => line !== '').join('\n')
		),
		...(rest > 0 ? [words.more(rest)] : []),
		`--\n${words.why}\n${words.stop}${lang === 'fr' ? NBSP : ''}: ${page}`
	].join('\n\n');
	const items = shown.map(
		({ did, title, excerpt, link }) =>
			`<li style="margin:0 0 1.2em"><strong>${escaped(did)}</strong><br>${escaped(title)}` +
			(excerpt === '' ? '' : `<br><span style="opacity:.8">${escaped(excerpt)}</span>`) +
			`<br><a href="${escaped(link)}">${words.see}</a></li>`
	);
	const html =
		`<!doctype html><html lang="${lang}-CA"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escaped(words.subject(told.length))}</title></head>` +
		`<body style="font-family:sans-serif;line-height:1.5;max-width:36em">` +
		`<p>${words.lead}</p><ul style="list-style:none;padding:0">${items.join('')}</ul>` +
		(rest > 0 ? `<p>${words.more(rest)}</p>` : '') +
		`<p style="opacity:.8;font-size:.9em">${words.why} <a href="${escaped(page)}">${words.stop}</a></p></body></html>`;
	return { to, subject: words.subject(told.length), text, html, unsubscribe: stop.oneClick };
}

function subjectPath({ kind, subjectId }: Notification, proposal: string): string {
	if (subjectId === null) return '';
	const subject = encodeURIComponent(subjectId);
	return isOfProposal(kind) ? `${proposal}${subject}` : `?fil=${subject}`;
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;']
]);
const escaped = (text: string): string =>
	text.replace(/[&<>"']/g, (char) => ENTITIES.get(char) ?? char);
