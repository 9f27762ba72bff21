/**
 * Texts that have broken programs before, of our own collecting: what a shell, a database, a template, a spreadsheet, a
 * mail server, a log, a browser or a matching expression takes for more than text; and what is hard to compare.
 */
export const naughty: readonly string[] = [
  // databases
  `1' OR '1'='1`, `1; SELECT pg_sleep(5)`, `'||(SELECT version())||'`, `') UNION SELECT NULL--`, `\\'; --`, `$$; --`, `%`, `_`, `a%b_c\\`,
  `1::int`, `NULL`, `''''`, `"`, `E'\\x41'`, `U&'\\0041'`, `/* */ --`, `{1,2}`, `{"a":1}`, `[1,2)`, `infinity`, `-infinity`, `epoch`, `now`,
  // shells and paths
  '`id`', '$(id)', '| id', '; id', '&& id', '$HOME', '%PATH%', '~root', 'C:\\con', '\\\\server\\share', 'nul', 'aux.txt', '....//....//etc', '%2e%2e%2f',
  '%00', '%c0%ae%c0%ae/', '%252e', 'a\u0000.png', '-rf', '--help', '@file', 'file://localhost/etc/passwd',
  // pages, templates and expressions
  '<svg/onload=alert(1)>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', 'data:text/html,<script>', '<!--', ']]>', '<![CDATA[', '&#x3c;', '&lt;b&gt;',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', '{{constructor.constructor("x")()}}', '${{7*7}}', '<%= 7*7 %>', '#{7*7}', '*{7*7}', '@(7*7)', '{%x%}',
  '[[${7*7}]]', '%s%n%x%d', '%1$s', '{0}', '{a, select, other {#}}', '{n, plural, offset:1 one{}}', "'{'", '#', '\u2028', '\u2029', '</script>',
  // spreadsheets, mail, headers, logs
  '=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x")', 'a\r\nBcc: x@y.z', 'a\nSet-Cookie: x=1', '%0d%0aX: y', 'a@b.c>\r\nRCPT TO:<x@y.z>', '.\r\n',
  '\u001b]0;x\u0007', '\b\b\b', '\u007f', '\u0085', '\u00ad', '\ufeff',
  // objects and numbers that are texts
  '__proto__', 'prototype', '__defineGetter__', 'valueOf', '[object Object]', 'true', 'false', 'None', 'nil', '(null)', 'Infinity', '-Infinity', '1e309', '-0', '0x7f', '0b1', '1_000', '1,000.00', '１２３',
  '٠١٢', '①', '½', '1e1000000', '00', '+1', ' 1 ', '9007199254740993', '-9223372036854775809', '0.1e-400',
  // letters
  'ı', 'İ', 'ß', 'ẞ', 'ﬁ', 'ſ', 'K', 'Å', 'é', 'e\u0301', '\u0301', 'a' + '\u0301'.repeat(300), '\u200b', '\u200d', '\u2060', '\u202e', '\u2066x\u2069', '\u061c', 'ﷺ', '﷽', 'ก็'.repeat(30), 'क्षि', '👨‍👩‍👧‍👦', '🇺🇳',
  '\ud83d', '\ude00', '\ud83d\ud83d', '\uffff', '\u{10ffff}', '\u{e0001}', '\u{f0000}', 'Ω', '𝟘', '𐏿', '漢字', 'ﾊﾝｶｸ', 'ABC\u0000DEF', 'раураl',
  // what makes a matching expression slow
  'a'.repeat(5_000) + '!', '0'.repeat(5_000), ' '.repeat(5_000) + 'x', '('.repeat(2_000), '[a-z'.repeat(500), 'x@' + 'a.'.repeat(2_000), '-'.repeat(5_000), '\\'.repeat(2_000), `${'+'.repeat(3_000)}1`,
]; // prettier-ignore
