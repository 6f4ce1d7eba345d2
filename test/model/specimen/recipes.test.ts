// The committed specimens are what `npm run specimen` makes, or the recipe was changed without training them again.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readGguf } from '../../../scripts/specimen/gguf.ts';
import { recipeKey, recipeMark } from '../../../scripts/specimen/recipeMark.ts';
import { recipes } from '../../../scripts/specimen/recipes.ts';

for (const recipe of recipes) {
  test(`${recipe.file} was made by today’s recipe`, () => {
    const { metadata } = readGguf(join(import.meta.dirname, '..', 'fixtures', recipe.file));
    assert.equal(metadata.find(({ key }) => key === recipeKey)?.value.value, recipeMark(recipe));
  });

  test(`${recipe.file}: another rate or other lessons are another recipe`, () => {
    assert.notEqual(recipeMark({ ...recipe, rate: recipe.rate / 2 }), recipeMark(recipe));
    const fewer = recipeMark({ ...recipe, lessons: (material, share) => recipe.lessons(material, share / 2) });
    assert.notEqual(fewer, recipeMark(recipe));
  });
}
