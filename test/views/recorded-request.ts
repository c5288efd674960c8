/** With secrets wherever a request has them, and with what a shell would run. */
export const request = {
  method: 'POST',
  url: "https://mia:pw@x.example/a'b?q=1&api_key=KEY-SECRET&x=$(touch /tmp/never)",
  request_headers: {
    ':authority': 'x.example',
    accept: 'application/json',
    Cookie: 'sid=COOKIE-SECRET',
    Authorization: 'Bearer AUTH-SECRET',
    'X-Api-Key': 'HEADER-SECRET',
    'X-CSRF-Token': 'CSRF-SECRET',
    'content-length': '12',
    'bad name\n': 'x',
    note: "it's `here`",
  },
  request_body: JSON.stringify({
    name: "O'Neill",
    password: 'BODY-SECRET',
    deep: { token: 'DEEP-SECRET', n: 1 },
  }),
};
