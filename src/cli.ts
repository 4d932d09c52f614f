#!/usr/bin/env node
import process from 'node:process';
import { createProgram } from './cli/program.js';

await createProgram().parseAsync(process.argv);
