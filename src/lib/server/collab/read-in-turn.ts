/** A socket's frames, read one after the other: what one writes is on disk before the next is looked at. */
import { IncomingMessage, MessageReceiver, type Connection } from '@hocuspocus/server';

/**
 * Takes the reading of frames from Hocuspocus, which writes several lines to the log for each that it cannot take.
 * A frame that fails ends the connection, and what was sent after it is not read.
 * @param failed hears why, before the connection ends
 */
export function readInTurn(connection: Connection, failed: (cause: unknown) => void): void {
	const waiting: Uint8Array[] = [];
	let reading = Promise.resolve();
	connection.handleMessage = (frame) => {
		waiting.push(frame);
		if (waiting.length === 1) reading = read();
	};
	connection.waitForPendingMessages = () => reading;

	async function read(): Promise<void> {
		const { document } = connection;
		try {
			for (let frame = waiting[0]; frame; frame = waiting[0]) {
				const message = new IncomingMessage(frame);
				const name = message.readVarString();
				if (name === document.name) {
					// What is answered begins with whom it is about.
					message.writeVarString(name);
					await new MessageReceiver(message).apply(document, connection);
				}
				waiting.shift();
			}
		} catch (cause) {
			waiting.length = 0;
			failed(cause);
			connection.close();
		}
	}
}
