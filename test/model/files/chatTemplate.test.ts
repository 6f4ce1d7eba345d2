import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkChatTemplate } from '../../../src/model/files/chatTemplate.ts';
import { FileProblemError } from '../../../src/model/files/fileProblem.ts';

const isRefused = (template: string): boolean => {
  try {
    checkChatTemplate(template);
    return false;
  } catch (error) {
    assert.ok(error instanceof FileProblemError && error.problem === 'template');
    return true;
  }
};

/** As models have them: roles, tools, thoughts, an example of JSON in a text. */
const usual = `{%- if messages[0]['role'] == 'system' %}{%- set system = messages[0]['content'] %}{%- endif %}
{%- for message in messages %}
  {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
  {%- elif message.tool_calls is defined %}
    {%- for call in message.tool_calls %}
      {%- for key, value in call.arguments.items() %}{{ key ~ ': ' ~ (value | tojson) }}{%- endfor %}
    {%- endfor %}
  {%- endif %}
{%- endfor %}
{#- ${'('.repeat(500)} a remark -#}
{{- 'like this: {"name": ${'['.repeat(300)}' }}
{%- for n in range(0, 20) %} {%- endfor %}
{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}`;

test('templates as models have them are taken, and none at all', () => {
  assert.ok(!isRefused(usual));
  assert.ok(!isRefused(''));
  assert.ok(!isRefused('plain text with ((((( brackets and {% raw'));
  // One loop after another, not in one another.
  assert.ok(!isRefused('{% for i in range(9999) %}x{% endfor %}'.repeat(50)));
});

test('a template that nests without end, or counts for years, is refused', () => {
  assert.ok(isRefused(`{{ ${'('.repeat(5000)}1${')'.repeat(5000)} }}`));
  assert.ok(isRefused(`{% set x = ${'['.repeat(200)}${']'.repeat(200)} %}`));
  assert.ok(isRefused('{% if true %}'.repeat(500) + '{% endif %}'.repeat(500)));
  assert.ok(isRefused(`{{ ${'not '.repeat(5000)} true }}`));
  assert.ok(isRefused(`{{ 1 ${'+ 1 '.repeat(5000)} }}`));
  assert.ok(isRefused('{% for i in range(9999) %}'.repeat(4) + 'x' + '{% endfor %}'.repeat(4)));
  assert.ok(isRefused('{% for i in range(1000000000) %}x{% endfor %}'));
  assert.ok(isRefused('x'.repeat(300_000)));
});
