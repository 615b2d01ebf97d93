"""What a visitor does: look, move the slider, open a picture, compare, go on with the keys, close."""

import json

import pytest
from conftest import PAGE, screenshot
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait


def one(page, selector):
    return page.find_element(By.CSS_SELECTOR, selector)


def every(page, selector):
    return page.find_elements(By.CSS_SELECTOR, selector)


def loaded(page):
    """Wait until every picture that is laid out is there, and none is broken."""
    script = """
        const images = [...document.images].filter((image) => image.getAttribute("src"));
        return images.every((image) => image.complete) && images.map((image) => image.naturalWidth);"""
    widths = WebDriverWait(page, 30).until(lambda page: page.execute_script(script))
    assert widths and all(widths)
    return len(widths)


def sources(page):
    return [image.get_attribute("src").rsplit("/", 2)[1:] for image in every(page, ".cell img")]


def seen(page, selector):
    """What is painted of an element, without its rim, which may share pixels with what lies around."""
    element = one(page, selector)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    clip = page.execute_script("""
        const { x, y, width, height } = arguments[0].getBoundingClientRect();
        return { x: x + scrollX + 2, y: y + scrollY + 2, width: width - 4, height: height - 4, scale: 1 };""",
                               element)
    return page.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})["data"]


def test_every_picture_is_there(page):
    # 24 results, 4 photographs, 6 paintings.
    assert loaded(page) == 34
    assert len(set(map(tuple, sources(page)))) == 24
    assert all(image.get_attribute("alt") for image in every(page, ".cell img"))
    screenshot(page, "wall")


def test_nothing_comes_from_elsewhere(page):
    loaded(page)
    requests = [json.loads(entry["message"])["message"] for entry in page.get_log("performance")]
    urls = [request["params"]["request"]["url"] for request in requests
            if request["method"] == "Network.requestWillBeSent"]
    folder = PAGE.rsplit("/", 1)[0]
    assert PAGE in urls
    assert [url for url in urls if not url.startswith((folder, "data:"))] == []


def test_nothing_is_wider_than_the_window(page):
    loaded(page)
    script = "return [document.documentElement.scrollWidth, innerWidth]"
    width, window = page.execute_script(script)
    assert width <= window


def test_the_slider_changes_the_pictures(page):
    loaded(page)
    strong = seen(page, ".cell")
    one(page, "#strength").send_keys(Keys.HOME)
    loaded(page)
    assert {folder for folder, _ in sources(page)} == {"0"}
    assert one(page, "output").text == "0 %"
    weak = seen(page, ".cell")
    one(page, "#strength").send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    loaded(page)
    assert {folder for folder, _ in sources(page)} == {"50"}
    middle = seen(page, ".cell")
    assert len({strong, weak, middle}) == 3
    screenshot(page, "half-strength")


@pytest.fixture
def opened(page):
    loaded(page)
    one(page, ".cell").send_keys(Keys.ENTER)
    loaded(page)
    assert one(page, "dialog").is_displayed()
    return page


def test_a_picture_opens_with_its_painting(opened):
    screenshot(opened, "opened")
    assert "The Great Wave off Kanagawa" in one(opened, "#view-caption").text
    assert one(opened, ".source").get_attribute("src").endswith("originals/hokusai-great-wave.jpg")
    assert one(opened, ".before").get_attribute("src").endswith("originals/chelsea.jpg")
    box, window = one(opened, "dialog").rect, opened.size
    assert box["x"] >= 0 and box["x"] + box["width"] <= window[0]
    assert box["y"] >= 0 and box["y"] + box["height"] <= window[1]


def test_before_and_after(opened):
    views = []
    for key in (Keys.HOME, Keys.END):
        one(opened, ".split").send_keys(key)
        views.append(seen(opened, ".compare"))
    assert views[0] != views[1]
    # The photograph alone: the strength does not show.
    strength = one(opened, "#view-strength")
    strength.send_keys(Keys.HOME)
    loaded(opened)
    one(opened, ".split").send_keys(Keys.END)
    assert seen(opened, ".compare") == views[1]
    one(opened, ".split").send_keys(Keys.HOME)
    assert seen(opened, ".compare") != views[0]


def test_by_the_keyboard_alone(opened):
    one(opened, ".next").send_keys(Keys.ENTER)
    assert "Village Street in Auvers" in one(opened, "#view-caption").text
    ActionChains(opened).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    opened.switch_to.active_element.send_keys(Keys.ENTER, Keys.ENTER)
    assert opened.switch_to.active_element == one(opened, ".previous")
    assert "Spring" in one(opened, "#view-caption").text  # the last of all
    ActionChains(opened).send_keys(Keys.ESCAPE).perform()
    assert not one(opened, "dialog").is_displayed()
    last = every(opened, ".cell")[-1]
    WebDriverWait(opened, 10).until(lambda page: page.switch_to.active_element == last)
