import type { Actor, App as Server } from '$lib/server/app';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** An `AppError` code, for tests and support. */
			code?: string;
			/** What fills its sentence. */
			details?: Record<string, string | number>;
			/** A report that was withdrawn: its page says so. */
			withdrawn?: {
				title: string;
				reason: string;
				/** Milliseconds since the epoch. */
				at: number;
				/** A version published since, if one stands. */
				latest: boolean;
			};
		}
		interface Locals {
			app: Server;
			/** null: nobody is signed in. */
			actor: Actor | null;
			/** Hash of the present session, so that signing out can end it. */
			sessionHash: string | null;
		}
		interface PageData {
			actor?: { displayName: string; kind: 'account' | 'guest'; administrator: boolean } | null;
		}
	}
}

export {};
