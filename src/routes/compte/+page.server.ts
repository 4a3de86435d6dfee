import { fail, redirect, type ActionFailure } from '@sveltejs/kit';
import { returnPath } from '$lib/core/return-path';
import { localizeHref } from '$lib/paraglide/runtime';
import { enter } from '$lib/server/auth/enter';
import { blankSessionCookie, endAllSessions, endSession } from '$lib/server/auth/session';
import { setSessionCookie } from '$lib/server/auth/session-cookie';
import { roomsOf } from '$lib/server/collab/rooms';
import { hasDailyMail, setDailyMail } from '$lib/server/mail/unsubscribe';
import {
	becomeAccount,
	changePassword,
	hasPassword,
	updateProfile
} from '$lib/server/people/account';
import { answering, requireActor, submitting, type FormRefusal } from '$lib/server/request';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
	answering(() => {
		const actor = requireActor(locals);
		const { displayName, email, kind, lang } = actor;
		const back = returnPath(url.searchParams.get('vers'));
		return {
			profile: { displayName, email, kind, lang, password: hasPassword(locals.app, actor) },
			/** Whether the daily e-mail is wanted; null where none is sent. */
			dailyMail: locals.app.config.mail && email !== null ? hasDailyMail(locals.app, actor) : null,
			back
		};
	});

/** The page has several forms: each shows what it was refused itself. */
const refusedBy = (action: string, refused: ActionFailure<{ refusal: FormRefusal }>) =>
	fail(refused.status, { ...refused.data, action });

export const actions: Actions = {
	profile: async ({ locals, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			updateProfile(locals.app, requireActor(locals), {
				displayName: String(form.get('displayName') ?? ''),
				lang: form.get('lang') === 'en' ? 'en' : 'fr'
			})
		);
		return refused ? refusedBy('profile', refused) : { done: 'profile' as const };
	},

	/** The other sessions end: whoever knew the old password is out. */
	password: async ({ locals, request, cookies, getClientAddress }) => {
		const form = await request.formData();
		let first = false;
		const refused = await submitting(async () => {
			const actor = requireActor(locals);
			first = !hasPassword(locals.app, actor);
			await changePassword(
				locals.app,
				actor,
				String(form.get('current') ?? ''),
				String(form.get('password') ?? ''),
				getClientAddress()
			);
			await endAllSessions(locals.app, actor.personId);
			await enter(locals.app, cookies, actor.personId, null);
			roomsOf(locals.app).recheck({ personId: actor.personId });
		});
		return refused
			? refusedBy('password', refused)
			: { done: first ? ('first-password' as const) : ('password' as const) };
	},

	mail: async ({ locals, request }) => {
		const form = await request.formData();
		const refused = await submitting(() =>
			setDailyMail(locals.app, requireActor(locals), form.get('daily') === 'on')
		);
		return refused ? refusedBy('mail', refused) : { done: 'mail' as const };
	},

	account: async ({ locals, request, cookies, getClientAddress }) => {
		const form = await request.formData();
		const refused = await submitting(async () => {
			const actor = requireActor(locals);
			await becomeAccount(
				locals.app,
				actor,
				{
					email: String(form.get('email') ?? ''),
					password: String(form.get('password') ?? '')
				},
				getClientAddress()
			);
			await enter(locals.app, cookies, actor.personId, locals.sessionHash);
		});
		return refused ? refusedBy('account', refused) : { done: 'account' as const };
	},

	'sign-out': ({ locals, cookies, setHeaders }) => {
		const { sessionHash } = locals;
		if (sessionHash !== null) {
			endSession(locals.app, sessionHash);
			roomsOf(locals.app).recheck({ sessionHash });
		}
		setSessionCookie(cookies, blankSessionCookie(locals.app));
		// Pages kept from before the header that forbids it, and those that Back would show as they were.
		setHeaders({ 'clear-site-data': '"cache"' });
		redirect(303, localizeHref('/'));
	}
};
