import 'reflect-metadata';
import { runRead } from './read-command.js';
import { readers } from './readers.js';
import { processTerminal } from './terminal.js';

process.exitCode = await runRead(process.argv.slice(2), readers, processTerminal());
