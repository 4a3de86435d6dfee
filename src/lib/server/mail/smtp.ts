/** Hands e-mails to the mail server of the settings. */
import { createTransport } from 'nodemailer';
import type { MailSettings } from '../config.ts';
import type { Mail } from './digest.ts';

const SECOND = 1000;

export interface Sender {
	/** Rejects where the mail server did not take it. */
	send(mail: Mail): Promise<void>;
	close(): void;
}

export function smtpSender({ url, from }: MailSettings): Sender {
	const transport = createTransport(
		{
			url,
			// A server that says nothing holds nobody up.
			connectionTimeout: 10 * SECOND,
			greetingTimeout: 10 * SECOND,
			socketTimeout: 30 * SECOND,
			// What an e-mail names is never fetched.
			disableFileAccess: true,
			disableUrlAccess: true
		},
		{ from }
	);
	return {
		async send({ to, subject, text, html, unsubscribe }) {
			await transport.sendMail({
				to: { name: '', address: to },
				subject,
				text,
				html,
				headers: {
					'Auto-Submitted': 'auto-generated',
					'List-Unsubscribe': `<${unsubscribe}>`,
					'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click'
				}
			});
		},
		close: () => transport.close()
	};
}
