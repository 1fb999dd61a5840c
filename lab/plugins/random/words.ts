/** Adverbs, adjectives and names, from which pet names are put together. */
export const WORDS = {
  adverbs:
    "ably amply barely boldly briefly calmly clearly deeply deftly duly early easily evenly fairly finely firmly fondly freely fully gently gladly kindly largely lightly mainly mildly neatly openly poorly purely rarely safely".split(
      " ",
    ),
  adjectives:
    "able brave bright calm clean clever cosy crisp daring eager fair fast fine firm fond fresh gentle glad golden grand handy happy jolly keen kind light lively lucky merry mild neat noble polite proud quick quiet ready sharp smart solid sunny super swift tidy vital warm wise witty".split(
      " ",
    ),
  names:
    "alpaca badger beagle beaver bison bobcat buck camel cicada civet cobra condor corgi cougar crane crow deer dingo dove duck eagle egret elk falcon ferret finch fox gecko goat goose grouse hare hawk heron ibex jackal jay kite koala lark lemur lion llama lynx magpie marten mole moose mule newt ocelot otter owl panda puffin quail rabbit raven robin salmon seal shrew skunk snail stork swan tapir tiger toad trout turtle viper walrus whale wolf wombat wren yak zebra".split(
      " ",
    ),
} as const;
