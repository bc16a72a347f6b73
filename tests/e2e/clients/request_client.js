// Digest as node-request speaks it: the arguments are user, password, pause, and METHOD URL for each request.
'use strict';

const request = require('request');

const [user, pass, pause, ...calls] = process.argv.slice(2);

function next() {
  const [method, url] = calls.splice(0, 2);
  const body = method === 'POST' ? '{}' : undefined;
  request({method, url, body, auth: {user, pass, sendImmediately: false}, timeout: 20000, forever: true,
           headers: {'Content-Type': 'application/json'}}, (error, answer) => {
    if (error) {
      throw error;
    }
    console.log(answer.statusCode);
    if (calls.length > 0) {
      setTimeout(next, pause * 1000);
    }
  });
}

next();
