"""What tools/security_page.py takes for a guarantee that is held, and what not."""

import tempfile
import unittest
from pathlib import Path

import security_page


def faults_of(page, tests='TEST(Guard, KeepsTenantsApart) {}\nTEST_P(AppTest, NothingIsSpentTwice) {}\n'):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for path, text in {"docs/security.md": page, "src/app/app_test.cpp": tests, "tests/bad_input.py": "",
                           "tools/any.txt": ""}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        return [fault for fault in security_page.check(root)[1] if "checklist" not in fault], security_page.check(root)


class SecurityPageTest(unittest.TestCase):
    def test_names_of_tests_and_files_that_exist_are_held(self):
        faults, _ = faults_of("`Guard.KeepsTenantsApart`, `NothingIsSpent...`, `AppTest`, `bad_input.py`, `src/app/app_test.cpp`")
        self.assertEqual([], faults)

    def test_a_name_that_no_test_has_is_a_fault(self):
        for name in ("NothingIsLost", "Guard.IsGone", "Everything...", "gone.py", "src/gone.hpp"):
            faults, _ = faults_of(f"text\n`{name}`")
            self.assertEqual([f"docs/security.md:2: there is no {name}"], faults)

    def test_words_that_are_no_names_are_left_alone(self):
        self.assertEqual([], faults_of("`--hosts`, `X-Forwarded-For`, `mainstay audit verify`, `__Host-session`")[0])

    def test_each_item_needs_a_test_or_says_that_it_is_not_there(self):
        rows = "".join(f"| {item} | what holds | `AppTest` |\n" for item in security_page.ITEMS if item not in (7, 20))
        _, (_, faults) = faults_of(rows + "| 7 | what holds | nothing |\n| 20 | what holds | not there yet |\n")
        self.assertEqual(["docs/security.md: item 7 of the checklist has no test"], faults)


if __name__ == "__main__":
    unittest.main()
