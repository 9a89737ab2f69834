#include "content/mathml.hpp"

#include "tests/support/catch.hpp"

using namespace trede;
using namespace trede::content;

TEST_CASE("mathml: arithmetic passes, without namespace and class") {
  const Result<std::string> clean = clean_mathml(
      "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" class=\"tml\" "
      "display=\"block\"><mrow><mfrac><mn>@a@</mn>"
      "<mn>4</mn></mfrac><mo lspace=\"0.2em\">&lt;</mo><msqrt><mi>x</mi></msqrt></mrow></math>");
  REQUIRE(clean.has_value());
  CHECK(*clean ==
        "<math display=\"block\"><mrow><mfrac><mn>@a@</mn><mn>4</mn></mfrac><mo "
        "lspace=\"0.2em\">&lt;</mo><msqrt><mi>x</mi>"
        "</msqrt></mrow></math>");
}

TEST_CASE("mathml: nothing that could run, load or restyle passes") {
  const char* attacks[] = {
      "<script>alert(1)</script>",
      "<math><script>alert(1)</script></math>",
      "<math><mtext><img src=\"x\" onerror=\"alert(1)\"/></mtext></math>",
      "<math href=\"javascript:alert(1)\"><mn>1</mn></math>",
      "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
      "<math><mi onclick=\"alert(1)\">x</mi></math>",
      "<math><maction actiontype=\"statusline\"><mn>1</mn></maction></math>",
      "<math><annotation-xml encoding=\"text/html\"><p/></annotation-xml></math>",
      "<math><semantics><mn>1</mn><annotation>1</annotation></semantics></math>",
      "<math><mglyph src=\"https://example.org/x.png\"/></math>",
      "<math><mo minsize=\"url(https://example.org)\">+</mo></math>",
      "<math><svg><circle/></svg></math>",
      "<math><!-- comment --><mn>1</mn></math>",
      "<math><![CDATA[<script>]]></math>",
      "<!DOCTYPE math [<!ENTITY a \"b\">]><math><mn>1</mn></math>",
      "<?xml-stylesheet href=\"x\"?><math><mn>1</mn></math>",
      "<math><mn>1</mn></math><math><mn>2</mn></math>",
      "<math><mn>1</mn>",
      "plain text",
      "",
      "<math><mtext>@a@</mtext></math>",
      "<math><mn>1@a@</mn></math>",
      "<math><mn>@a</mn></math>",
      "<math><mn>@@</mn></math>",
      "<math><style>@import 'x'</style></math>",
      "<MATH><mn>1</mn></MATH>",
  };
  for (const char* attack : attacks) {
    INFO(attack);
    CHECK(clean_mathml(attack).has_error());
  }
  CHECK(clean_mathml("<math>" + std::string(30'000, ' ') + "</math>").has_error());
}

TEST_CASE("mathml: a style is dropped, not shown") {
  const Result<std::string> clean =
      clean_mathml("<math><mn style=\"background:url(https://example.org)\">1</mn></math>");
  REQUIRE(clean.has_value());
  CHECK(*clean == "<math><mn>1</mn></math>");
}
